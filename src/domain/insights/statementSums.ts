import {
  statusOfEntry,
  type InformationEntry,
  type InformationStatement,
  type TaxCreditStatement,
} from "../statements";
import { addRupees, zeroRupees, type Rupees } from "../rupees";

/** One side of a cross-check: an amount with what it was made of, or null where it is not told. */
export interface Side {
  readonly amount: Rupees | null;
  readonly basis: readonly string[];
}

const salarySection = /^(192|392)$/;
const businessSections = /^194([CHMOQRT]|J)(\(|$)/;

/** What was paid under section 192, before tax. */
export function salaryPaid(statement: TaxCreditStatement, place: string): Side {
  return paidUnder(statement, place, salarySection);
}

/** What was paid under the sections for contracts, commission, fees and the like. */
export function receiptsPaid(statement: TaxCreditStatement, place: string): Side {
  return paidUnder(statement, place, businessSections);
}

function paidUnder({ deductors }: TaxCreditStatement, place: string, sections: RegExp): Side {
  const credits = creditsOf(deductors, place).filter(({ credit }) => credit.kind === "DEDUCTED");
  // From a credit without a section nobody can tell what it was paid for.
  if (credits.some(({ credit: { section } }) => section === undefined || section === "393")) {
    return { amount: null, basis: [place] };
  }
  const matching = credits.filter(({ credit: { section = "" } }) => sections.test(section));
  return sumOf(
    matching.map(({ credit, path }) => ({ amount: credit.amountPaid, path: `${path}.amountPaid` })),
    place,
  );
}

/** The tax deducted that reached the treasury. What is unmatched has not. */
export function taxDeposited({ deductors }: TaxCreditStatement, place: string): Side {
  const counting = creditsOf(deductors, place).filter(
    ({ credit }) => credit.kind === "DEDUCTED" && credit.bookingStatus !== "UNMATCHED",
  );
  return sumOf(
    counting.map(({ credit, path }) => ({ amount: credit.taxDeposited, path: `${path}.taxDeposited` })),
    place,
  );
}

function creditsOf(deductors: TaxCreditStatement["deductors"], place: string) {
  return deductors.flatMap(({ credits }, at) =>
    credits.map((credit, index) => ({ credit, path: `${place}.deductors[${at}].credits[${index}]` })),
  );
}

interface Entry {
  readonly entry: InformationEntry;
  readonly path: string;
}

function entriesOf({ entries }: InformationStatement, place: string): readonly Entry[] {
  return entries
    .map((entry, at) => ({ entry, path: `${place}.entries[${at}]` }))
    .filter(({ entry }) => statusOfEntry(entry) !== "INACTIVE");
}

const interestCodes = { reported: /^SFT-016/i, deducted: /^TDS-(194A|193)$/i };
const dividendCodes = { reported: /^SFT-015/i, deducted: /^TDS-194K?$/i };

export function interestReported(statement: InformationStatement, place: string): Side {
  return largerOfEachPayer(entriesOf(statement, place), interestCodes, place);
}

export function dividendReported(statement: InformationStatement, place: string): Side {
  return largerOfEachPayer(entriesOf(statement, place), dividendCodes, place);
}

/** One payment is often told twice, as paid and as a deduction from it. So of each payer the larger sum counts. */
function largerOfEachPayer(
  entries: readonly Entry[],
  codes: { readonly reported: RegExp; readonly deducted: RegExp },
  place: string,
): Side {
  const isOf = ({ entry }: Entry, code: RegExp) => code.test(entry.code ?? "");
  const matching = entries.filter((each) => isOf(each, codes.reported) || isOf(each, codes.deducted));
  const sides = [...Map.groupBy(matching, ({ entry }) => payerOf(entry)).values()].map((ofPayer) => {
    const reported = ofPayer.filter((each) => isOf(each, codes.reported)).map(toPart);
    const deducted = ofPayer.filter((each) => isOf(each, codes.deducted)).map(toPart);
    const [one, other] = [sumOf(reported, place), sumOf(deducted, place)];
    const isToldBoth = one.amount !== null && other.amount !== null;
    return {
      amount: isToldBoth ? (Math.max(one.amount, other.amount) as Rupees) : null,
      basis: ofPayer.map(({ path }) => `${path}.amount`),
    };
  });
  const parts = sides.map(({ amount }) => ({ amount, path: place }));
  return sides.length === 0 ? sumOf([], place) : { ...sumOf(parts, place), basis: sides.flatMap(({ basis }) => basis) };
}

/** By name, in one spelling: one payer may have several numbers, and reports of interest carry none. */
function payerOf({ reportedBy = "", tan }: InformationEntry): string {
  const name = reportedBy.toUpperCase().replace(/\(.*?\)/g, "");
  return name.replace(/\bLIMITED\b/g, "LTD").replace(/[^A-Z0-9]/g, "") || String(tan);
}

function toPart({ entry, path }: Entry): Part {
  return { amount: entry.amount, path: `${path}.amount` };
}

/** Not told where the statement has no turnover: most people have no GST number. */
export function gstTurnover(statement: InformationStatement, place: string): Side {
  const matching = entriesOf(statement, place).filter(({ entry }) => /GST/i.test(entry.code ?? ""));
  if (matching.length === 0) return { amount: null, basis: [place] };
  return sumOf(matching.map(toPart), place);
}

const salesCode = /^(SFT-0?1[78](?!\(Pur)|TDS-194IA(?!\(P\)))/i;

/** What securities and land were sold for. Purchases are reported under the same numbers. */
export function salesReported(statement: InformationStatement, place: string): Side {
  const isSale = ({ entry: { code = "", description = "" } }: Entry) =>
    (salesCode.test(code) && !/\bpur(chase)?\b/i.test(`${code} ${description}`)) ||
    (/^SFT-0?12/i.test(code) && /\bsale\b/i.test(description));
  return sumOf(entriesOf(statement, place).filter(isSale).map(toPart), place);
}

interface Part {
  readonly amount: Rupees | null;
  readonly path: string;
}

/** Null as soon as one part is not told. A statement that has no part says 0. */
function sumOf(parts: readonly Part[], place: string): Side {
  const basis = parts.length === 0 ? [place] : parts.map(({ path }) => path);
  const told = parts.flatMap(({ amount }) => (amount === null ? [] : [amount]));
  return { amount: told.length === parts.length ? addRupees(zeroRupees, ...told) : null, basis };
}
