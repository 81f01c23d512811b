import type { Word } from "../../domain";
import { asList, asObject, textOf, type JsonObject } from "../../kernel";

export interface AisSection {
  readonly part: Word<"InformationPart">;
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

/** One row. A cell is found by its column's printed name or, in detailed rows, by its field. */
export class Row {
  readonly #cellByColumn = new Map<string, unknown>();

  constructor(columns: readonly (readonly string[])[], cells: readonly unknown[]) {
    // A row may have more cells than there are columns. The rest is for the portal's internal use.
    for (const [at, names] of columns.slice(0, cells.length).entries()) {
      for (const name of names) if (!this.#cellByColumn.has(name)) this.#cellByColumn.set(name, cells[at]);
    }
  }

  /** The cell of the first of these columns that exists. Case is ignored. */
  cell(...columns: readonly (string | RegExp)[]): unknown {
    for (const column of columns) {
      const name = typeof column === "string" ? plain(column) : this.#nameLike(column);
      if (name !== undefined && this.#cellByColumn.has(name)) return this.#cellByColumn.get(name);
    }
    return undefined;
  }

  text(...columns: readonly (string | RegExp)[]): string | undefined {
    return textOf(this.cell(...columns));
  }

  #nameLike(pattern: RegExp): string | undefined {
    return [...this.#cellByColumn.keys()].find((name) => pattern.test(name));
  }
}

export interface Table {
  readonly rows: readonly Row[];
  /** The number of members that are not rows. */
  readonly unreadCount: number;
}

/** Rows are plain lists, and the columns are named once. Undefined when there is no table. */
export function readTable(json: unknown, usualColumns: readonly string[] = []): Table | undefined {
  const table = asObject(json);
  if (table === undefined || !Array.isArray(table.columnData)) return undefined;
  const labels = asList(table.columnLabel).map(namesOf);
  const columns = labels.length === 0 ? usualColumns.map((name) => [plain(name)]) : labels;
  if (columns.length === 0) return { rows: [], unreadCount: table.columnData.length };
  const rows = table.columnData.filter((cells) => Array.isArray(cells)) as readonly (readonly unknown[])[];
  return { rows: rows.map((cells) => new Row(columns, cells)), unreadCount: table.columnData.length - rows.length };
}

/** The head of a statement is a single row: `columnData` holds its cells directly. */
export function readSingleRow(json: unknown): Row {
  const table: JsonObject = asObject(json) ?? {};
  const cells = asList(table.columnData);
  const [first] = cells;
  return new Row(asList(table.columnLabel).map(namesOf), Array.isArray(first) ? first : cells);
}

function namesOf(label: unknown): readonly string[] {
  const { field, name } = asObject(label) ?? { field: undefined, name: label };
  return [field, name].map((each) => plain(textOf(each) ?? ""));
}

/** The portal prints "Financial Year " with a trailing blank. */
function plain(name: string): string {
  return name.trim().toLowerCase();
}
