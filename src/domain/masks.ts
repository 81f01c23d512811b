declare const maskedAadhaar: unique symbol;
declare const maskedAccountNumber: unique symbol;

/** "XXXX XXXX 5678": the only form in which an Aadhaar number exists in this service. */
export type MaskedAadhaar = string & { readonly [maskedAadhaar]: true };

/** "XXXX5678", however long the number is. */
export type MaskedAccountNumber = string & { readonly [maskedAccountNumber]: true };

/** Keeps the last four of twelve places, whichever of the others came masked already. */
export function maskAadhaar(text: string): MaskedAadhaar | undefined {
  const lastFour = /^[0-9X*#•]{8}([0-9]{4})$/i.exec(withoutSeparators(text))?.[1];
  return lastFour === undefined ? undefined : (`XXXX XXXX ${lastFour}` as MaskedAadhaar);
}

/** A text of four places or fewer is not masked but refused: its last four would be the whole. */
export function maskAccountNumber(text: string): MaskedAccountNumber | undefined {
  const lastFour = /^[0-9A-Z*#•]+([0-9A-Z]{4})$/i.exec(withoutSeparators(text))?.[1];
  return lastFour === undefined ? undefined : (`XXXX${lastFour.toUpperCase()}` as MaskedAccountNumber);
}

function withoutSeparators(text: string): string {
  return text.replace(/[\s-]/g, "");
}
