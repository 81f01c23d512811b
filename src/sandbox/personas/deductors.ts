import type { Tan } from "../../domain";
import { pickFrom } from "./identity";

/** Whoever withholds tax. A tenant has no number of this kind. */
export interface DeductorName {
  readonly name: string;
  readonly tan?: Tan;
}

function deductor(name: string, tan: string): DeductorName {
  return { name, tan: tan as Tan };
}

const employers = [
  deductor("NILGIRI SOFTWARE PRIVATE LIMITED", "BLRN90001A"),
  deductor("SAHYADRI MOTORS LIMITED", "PNES90002B"),
  deductor("GANGA TEXTILES LIMITED", "CALG90003C"),
  deductor("MALABAR LOGISTICS PRIVATE LIMITED", "CHNM90004D"),
] as const;

export const deductors = {
  treasury: deductor("PAY AND ACCOUNTS OFFICE, DELHI", "DELP90005E"),
  bank: deductor("INVENTED BANK LIMITED", "MUMI90006F"),
  registrar: deductor("ARAVALLI INDUSTRIES LIMITED", "JPRA90007G"),
  client: deductor("KAVERI CONSULTING LLP", "BLRK90008H"),
  otherClient: deductor("TEESTA MEDIA PRIVATE LIMITED", "CALT90009J"),
  /** A name that breaks readers which split the Department's text file at its carets. */
  oddlyNamed: deductor("RAO, MEHTA ^ SONS", "MUMR90010K"),
  carDealer: deductor("DECCAN AUTOMOBILES", "PNED90011L"),
  exchange: deductor("INVENTED COIN EXCHANGE PRIVATE LIMITED", "BLRI90012M"),
  firm: deductor("KHANNA AND SONS", "DELK90013N"),
  tenant: { name: "TENANT OF THE HOUSE" } satisfies DeductorName,
};

/** Another one for each job of the same year. */
export function employerOf(pan: string, job = 0): DeductorName {
  const first = pickFrom(`${pan} employer`, employers);
  return employers[(employers.findIndex(({ name }) => name === first.name) + job) % employers.length] ?? first;
}
