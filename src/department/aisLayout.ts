import type { InformationPart } from "../domain";

/** The Department's sections of Part B. Those it adds for proceedings are read as other information. */
export const partBySection = new Map<string, InformationPart>([
  ["tdsTcs", "TAX_DEDUCTED_OR_COLLECTED"],
  ["sft", "FINANCIAL_TRANSACTION"],
  ["paymentOfTaxes", "TAX_PAYMENT"],
  ["demandAndRefund", "DEMAND_OR_REFUND"],
  ["other-info", "OTHER"],
]);

/** The columns of a summary row, for statements that print the rows alone. */
export const summaryColumns = [
  "Information Category",
  "Information Code",
  "Information Description",
  "Information Source",
  "Count",
  "Amount",
  "Information Category Code",
  "Derived Amount",
  "Qualifies For",
] as const;
