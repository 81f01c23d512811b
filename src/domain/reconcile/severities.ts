import type { Severity } from "../answer";

/** Facts that a loan decision rests on. */
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

/** Facts that follow from others, or that providers report with different precision. */
const slight: readonly string[] = ["section", "dueOn", "timeliness", "refund.issuedOn"];

export function severityInFiling(path: string): Severity {
  if (serious.includes(path) || path.startsWith("incomeHeads.")) return "SERIOUS";
  return slight.includes(path) ? "INFO" : "WARNING";
}
