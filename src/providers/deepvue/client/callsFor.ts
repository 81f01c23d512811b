import type { DocumentKind } from "../../../domain";

/** Each document has a list of its own, and each year's entry must be opened by itself. */
export function callsFor(documents: readonly DocumentKind[], years: number): number {
  const createClient = 1;
  return (
    createClient + returnCalls(documents, years) + creditCalls(documents, years) + informationCalls(documents, years)
  );
}

/** The person stands beside each return, the newest of which is read for it. */
function returnCalls(documents: readonly DocumentKind[], years: number): number {
  if (documents.includes("FILINGS")) return 1 + years;
  return documents.includes("PROFILE") ? 2 : 0;
}

function creditCalls(documents: readonly DocumentKind[], years: number): number {
  return documents.includes("TAX_CREDITS") ? 1 + years : 0;
}

/** The order is answered with the running year, which nobody can want yet; the others take a call and a file each. */
function informationCalls(documents: readonly DocumentKind[], years: number): number {
  return documents.includes("INFORMATION_STATEMENT") ? 1 + 2 * years : 0;
}

const listOf: readonly (readonly DocumentKind[])[] = [
  ["PROFILE", "FILINGS"],
  ["TAX_CREDITS"],
  ["INFORMATION_STATEMENT"],
];

/** Without the client, which is there, and without the lists that were downloaded for what the login was opened for. */
export function callsToRead(
  documents: readonly DocumentKind[],
  years: number,
  openedFor: readonly DocumentKind[],
): number {
  const createClient = 1;
  const known = listOf.filter((list) =>
    [documents, openedFor].every((wanted) => list.some((document) => wanted.includes(document))),
  );
  return callsFor(documents, years) - createClient - known.length;
}
