import {
  readAmount,
  readTan,
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

/** The rows come for all years in one list. */
export function toTaxCredits(told: unknown): Listing<TaxCreditStatement> {
  const rows = readListing(told, toRow);
  const rowsByYear = Map.groupBy(rows.entries, ({ incomeYear }) => incomeYear);
  const entries = [...rowsByYear].map(([incomeYear, ofOneYear]) => ({ incomeYear, deductors: deductorsOf(ofOneYear) }));
  return { entries, isWhole: rows.isWhole };
}

/** A deductor whose TAN is none, as in the vendor's own sample, is still told apart by its name. */
function deductorsOf(rows: readonly Row[]): readonly Deductor[] {
  const rowsByDeductor = Map.groupBy(rows, ({ deductor }) => JSON.stringify([deductor.tan, deductor.name]));
  return [...rowsByDeductor.values()].flatMap((ofOne) => {
    const [first] = ofOne;
    return first ? [{ ...first.deductor, credits: ofOne.map(({ credit }) => credit) }] : [];
  });
}

/** The vendor tells neither what was paid nor whether the tax has reached the treasury, and no page shows a section. */
function toRow(told: JsonObject): Row | undefined {
  const incomeYear = incomeYearFromFinancialYear(textOf(told.financial_year) ?? "");
  if (incomeYear === undefined) return undefined;
  return {
    incomeYear,
    deductor: { name: textOf(told.deductor_name), tan: readTan(textOf(told.deductor_tan) ?? "") },
    credit: {
      kind: taxCreditKindOf(textOf(told.section) ?? ""),
      bookingStatus: "UNKNOWN",
      amountPaid: null,
      taxWithheld: readAmount(told.tds_amount),
      taxDeposited: null,
    },
  };
}
