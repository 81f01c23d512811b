import type { Filing } from "../filing";
import type { Told } from "./belief";
import { withClaim, type Disagreement } from "./disagreement";
import { claimOf } from "./mergeBodies";
import { severityInFiling } from "./severities";

/** What one provider tells in two ways is a disagreement even where nobody else speaks of it. */
export function withContradictions(
  disagreements: readonly Disagreement[],
  told: readonly Told<Filing>[],
): readonly Disagreement[] {
  const contradictions = told.flatMap(({ value, provenance }) =>
    (value.contradictions ?? []).map((contradiction) => ({ ...contradiction, provenance })),
  );
  return contradictions.reduce((known, { path, believed, alsoTold, provenance }) => {
    const isParsed = provenance.method === "PARSED";
    const reason = isParsed ? "parsed from the return itself" : "the better of the provider's two words";
    return withClaim(
      known,
      { path, severity: severityInFiling(path), chosen: provenance.provider, reason },
      {
        believed: claimOf(path, { value: believed, provenance }),
        denied: claimOf(path, { value: alsoTold, provenance }),
      },
    );
  }, disagreements);
}
