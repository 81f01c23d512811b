import type { Provenance } from "../answer";
import type { IncomeYear } from "../taxPeriod";
import { newestFirst } from "./belief";
import { withClaim } from "./disagreement";
import { claimOf } from "./mergeBodies";
import type { ReconciledFiling, ToldFilings } from "./reconciledFiling";
import { severityInFiling } from "./severities";

/** Who was asked about this year and says that there is no return, newest first. */
export function denialsOf(told: readonly ToldFilings[], incomeYear: IncomeYear): readonly Provenance[] {
  const telling = told.filter(({ filings }) => filings.some((filing) => filing.incomeYear === incomeYear));
  const tellers = telling.map(({ provenance }) => provenance.provider);
  const denying = told.filter(
    ({ incomeYear: asked, filings, provenance }) =>
      asked === incomeYear && filings.length === 0 && !tellers.includes(provenance.provider),
  );
  const claims = denying.map(({ filings, provenance }) => ({ value: filings, provenance }));
  return newestFirst(claims).map(({ provenance }) => provenance);
}

/** Whoever says that there is no return, and was asked after it was filed, contradicts those who have it. */
export function withDenials(reconciled: ReconciledFiling, denials: readonly Provenance[]): ReconciledFiling {
  const [holder] = reconciled.provenance;
  if (holder === undefined) return reconciled;
  const { filedOn } = reconciled.filing;
  const wasFiled = ({ fetchedAt }: Provenance) =>
    filedOn === undefined ? fetchedAt >= holder.fetchedAt : fetchedAt.slice(0, 10) > filedOn;
  const opened = {
    path: "status",
    severity: severityInFiling("status"),
    chosen: holder.provider,
    reason: "a return that is held was filed",
  };
  const believed = claimOf("status", { value: "FILED", provenance: holder });
  const disagreements = denials.filter(wasFiled).reduce((known, provenance) => {
    const denied = claimOf("status", { value: "NOT_FILED", provenance });
    return withClaim(known, opened, { believed, denied });
  }, reconciled.disagreements);
  return { ...reconciled, disagreements };
}
