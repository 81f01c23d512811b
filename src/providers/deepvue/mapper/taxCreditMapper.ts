import {
  readTan,
  readAmount,
  bookingStatusFromCode,
  taxCreditKindOf,
  type Deductor,
  type TaxCredit,
  readTdsSection,
} from "../../../domain";
import type { CreditRow } from "../contract";
import { readVendorDate } from "./vendorDates";

/** Each row prints a deductor's totals beside one of its transactions: what belongs to one deductor is brought together. */
export function toDeductors(rows: readonly CreditRow[]): readonly Deductor[] {
  return [...rowsByDeductor(rows).values()].map((ownRows) => {
    const named = ownRows.find((row) => row.name_of_deductor !== undefined);
    const tan = readTan(ownRows[0]?.tan_of_deductor ?? "");
    const transactions = ownRows.filter(isTransaction);
    return {
      name: named?.name_of_deductor,
      tan,
      credits: transactions.length > 0 ? transactions.map(toCredit) : ownRows.slice(0, 1).map(toCreditFromTotals),
    };
  });
}

/** A buyer of property has a PAN where others have a TAN; it tells one deductor from another, and is not kept. */
function rowsByDeductor(rows: readonly CreditRow[]): ReadonlyMap<string, readonly CreditRow[]> {
  const rowsByKey = new Map<string, CreditRow[]>();
  let key = "";
  for (const row of rows) {
    if (Object.values(row).every((told) => told === undefined)) continue;
    // As in the statement's own text form, rows that name nobody belong to the deductor named last.
    key = row.tan_of_deductor?.toUpperCase() ?? row.name_of_deductor ?? key;
    const ownRows = rowsByKey.get(key);
    if (ownRows) ownRows.push(row);
    else rowsByKey.set(key, [row]);
  }
  return rowsByKey;
}

function isTransaction(row: CreditRow): boolean {
  return [row.amount_paid, row.tax_deducted, row.tds_deposited, row.transaction_date].some(
    (told) => told !== undefined,
  );
}

function toCredit(row: CreditRow): TaxCredit {
  return {
    ...circumstancesOf(row),
    amountPaid: readAmount(row.amount_paid),
    taxWithheld: readAmount(row.tax_deducted),
    taxDeposited: readAmount(row.tds_deposited),
  };
}

function toCreditFromTotals(row: CreditRow): TaxCredit {
  return {
    ...circumstancesOf(row),
    amountPaid: readAmount(row.total_amount_paid),
    taxWithheld: readAmount(row.total_tax_deducted),
    taxDeposited: readAmount(row.total_tds_deposited),
  };
}

function circumstancesOf(row: CreditRow) {
  const section = readTdsSection(row.section ?? "");
  return {
    kind: taxCreditKindOf(row.section ?? ""),
    section,
    sectionLabel: row.section,
    bookingStatus: bookingStatusFromCode(row.status_of_booking ?? ""),
    transactedOn: readVendorDate(row.transaction_date),
    bookedOn: readVendorDate(row.date_of_booking),
  } as const;
}
