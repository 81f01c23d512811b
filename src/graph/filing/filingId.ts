import { hash } from "node:crypto";
import { type Filing, incomeYearStarting, type IncomeYear } from "../../domain";

const prefix = "fl_";
const taxpayerPrefix = "tp_";
const [subjectBytes, yearBytes, returnBytes] = [16, 2, 9];

/** What can be read back from the id of a filing. */
interface FilingPlace {
  readonly taxpayerId: string;
  readonly incomeYear: IncomeYear;
}

/** The id holds the taxpayer, the year and a fingerprint of the return, in no readable form. */
export function filingIdOf(taxpayerId: string, filing: Filing): string {
  const { incomeYear } = filing;
  const bytes = Buffer.alloc(subjectBytes + yearBytes + returnBytes);
  bytes.write(taxpayerId.slice(taxpayerPrefix.length), "base64url");
  bytes.writeUInt16BE(incomeYear, subjectBytes);
  bytes.write(hash("sha256", `${taxpayerId} ${incomeYear} ${nameOf(filing)}`), subjectBytes + yearBytes, "hex");
  return prefix + bytes.toString("base64url");
}

export function readFilingId(id: string): FilingPlace | undefined {
  // The number of bytes is a multiple of three, so that each id has only one spelling.
  const [, text] = /^fl_([A-Za-z0-9_-]{36})$/.exec(id) ?? [];
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, "base64url");
  const incomeYear = incomeYearStarting(bytes.readUInt16BE(subjectBytes));
  const taxpayerId = taxpayerPrefix + bytes.toString("base64url", 0, subjectBytes);
  return incomeYear && { taxpayerId, incomeYear };
}

/** A return without a number is identified by kind and day. If its number becomes known later, its id changes. */
function nameOf({ acknowledgementNumber, form, kind, filedOn }: Filing): string {
  return acknowledgementNumber ?? `${form} ${kind} ${filedOn ?? ""}`;
}
