import type { Severity } from "../answer";

/** What a loan is decided on. */
const serious: readonly string[] = [
  "incomeYear",
  "status",
  "grossTotalIncome",
  "totalIncome",
  "tax.netTaxLiability",
  "tax.totalPayable",
  "taxesPaid.total",
  "demand",
  "salaries",
  "business.turnover",
];

/** What follows from other facts, or is told by one provider more exactly than by another. */
const slight: readonly string[] = ["section", "dueOn", "timeliness", "refund.issuedOn"];

export function severityInFiling(path: string): Severity {
  if (serious.includes(path) || path.startsWith("incomeHeads.")) return "SERIOUS";
  return slight.includes(path) ? "INFO" : "WARNING";
}
