import type { FilingKind } from "../domain/filing";

const wordByKind: Readonly<Record<FilingKind, string>> = {
  ORIGINAL: "Original",
  BELATED: "Belated",
  REVISED: "Revised",
  UPDATED: "Updated",
  DEFECTIVE_RESPONSE: "Defective",
  OTHER: "Other",
};

/** The word that the portal prints for a kind of return, and vendors after it. */
export function filingTypeWord(kind: FilingKind): string {
  return wordByKind[kind];
}
