import { beliefOf, type Ingredient } from "../parts/figure";
import type { TaxpayerAnswer } from "./years";

const documentByRoot: Readonly<Record<string, string>> = {
  taxCredits: "TAX_CREDITS",
  informationStatement: "INFORMATION_STATEMENT",
  filings: "FILINGS",
};

/** Who told each of the facts that a figure was made of: "filings.2025-26.salaries[0].gross". */
export function ingredientsOf(taxpayer: TaxpayerAnswer, basis: readonly string[]): readonly Ingredient[] {
  return basis.map((path) => {
    const [root = "", year = "", ...rest] = path.split(".");
    const filing = taxpayer.filings.nodes?.find((one) => one.effective && one.assessmentYear === year);
    const belief =
      root === "filings" && filing ? beliefOf(filing, rest.join(".").replaceAll(/\[\d+\].*/g, "")) : undefined;
    if (belief) return { path, provider: belief.provider, at: belief.fetchedAt };
    const source = taxpayer.sources.find(
      (one) =>
        one.document === documentByRoot[root] &&
        one.outcome === "FOUND" &&
        (one.assessmentYear === null || one.assessmentYear === year),
    );
    return { path, provider: source?.provider, at: source?.asOf ?? undefined };
  });
}
