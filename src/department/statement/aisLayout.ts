import type { InformationPart } from "../../domain";

export interface AisSection {
  readonly part: InformationPart;
  readonly title: string;
  readonly heading: string;
}

/** The sections of Part B, by the Department's keys. A section for proceedings is read as other information. */
export const sectionByKey = new Map<string, AisSection>([
  [
    "tdsTcs",
    {
      part: "TAX_DEDUCTED_OR_COLLECTED",
      title: "Part B1-Information relating to tax deducted or collected at source",
      heading: "TDS/TCS Information",
    },
  ],
  [
    "sft",
    {
      part: "FINANCIAL_TRANSACTION",
      title: "Part B2-Information relating to specified financial transaction (SFT)",
      heading: "SFT Information",
    },
  ],
  [
    "paymentOfTaxes",
    {
      part: "TAX_PAYMENT",
      title: "Part B3-Information relating to payment of taxes",
      heading: "Payment of Taxes",
    },
  ],
  [
    "demandAndRefund",
    {
      part: "DEMAND_OR_REFUND",
      title: "Part B4-Information relating to demand and refund",
      heading: "Demand and Refund",
    },
  ],
  [
    "other-info",
    {
      part: "OTHER",
      title: "Part B7-Any other information in relation to sub-rule (2) of rule 114-I",
      heading: "Other Information",
    },
  ],
]);

/** The columns of a summary row, for statements that print rows without column names. */
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

export const challanColumns = [
  "Financial Year",
  "Major Head",
  "Minor Head",
  "Tax (A)",
  "Surcharge (B)",
  "Education Cess (C)",
  "Others (D)",
  "Total (A+B+C+D)",
  "BSR Code",
  "Date Of Deposit",
  "Challan Serial Number",
  "Challan Identification Number",
] as const;

export const refundColumns = [
  "Financial Year",
  "Mode",
  "Nature of Refund",
  "Refund Amount",
  "Date of Payment",
] as const;
