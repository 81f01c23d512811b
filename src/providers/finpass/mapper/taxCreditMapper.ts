import {
  readAmount,
  readTan,
  readTdsSection,
  type Deductor,
  type TaxCredit,
  type TaxCreditStatement,
  incomeYearFromFinancialYear,
  taxCreditKindOf,
  type IncomeYear,
} from "../../../domain";
import { readListing, type Listing, textOf, type JsonObject } from "../../replies";

interface Row {
  readonly incomeYear: IncomeYear;
  readonly deductor: Omit<Deductor, "credits">;
  readonly credit: TaxCredit;
}

/** One list has the rows of all years. */
export function toTaxCredits(list: unknown): Listing<TaxCreditStatement> {
  const rows = readListing(list, toRow);
  const rowsByYear = Map.groupBy(rows.entries, ({ incomeYear }) => incomeYear);
  const entries = [...rowsByYear].map(([incomeYear, ofOneYear]) => ({ incomeYear, deductors: deductorsOf(ofOneYear) }));
  return { entries, isWhole: rows.isWhole };
}

/** The vendor's own sample has an invalid TAN, so the name is part of the key. */
function deductorsOf(rows: readonly Row[]): readonly Deductor[] {
  const rowsByDeductor = Map.groupBy(rows, ({ deductor }) => JSON.stringify([deductor.tan, deductor.name]));
  return [...rowsByDeductor.values()].flatMap((ofOne) => {
    const [first] = ofOne;
    return first ? [{ ...first.deductor, credits: ofOne.map(({ credit }) => credit) }] : [];
  });
}

/** The vendor reports neither the income nor whether the tax has reached the treasury. */
function toRow(row: JsonObject): Row | undefined {
  const incomeYear = incomeYearFromFinancialYear(textOf(row.financial_year) ?? "");
  if (incomeYear === undefined) return undefined;
  const sectionLabel = textOf(row.section);
  return {
    incomeYear,
    deductor: { name: textOf(row.deductor_name), tan: readTan(textOf(row.deductor_tan) ?? "") },
    credit: {
      kind: kindOf(sectionLabel, textOf(row.income_type) ?? ""),
      section: readTdsSection(sectionLabel ?? ""),
      sectionLabel,
      bookingStatus: "UNKNOWN",
      amountPaid: null,
      taxWithheld: readAmount(row.tds_amount),
      taxDeposited: null,
    },
  };
}

/** No published row has a section. The type of income is free text, such as "Salary", and may name a collection. */
function kindOf(section: string | undefined, incomeType: string): TaxCredit["kind"] {
  if (section !== undefined) return taxCreditKindOf(section);
  return /\btcs\b|\btax collected\b/i.test(incomeType) ? "COLLECTED" : taxCreditKindOf(incomeType);
}
