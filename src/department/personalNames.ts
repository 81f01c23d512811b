import { asObject, textOf } from "../kernel";

export type PersonalNumber = "AADHAAR" | "ACCOUNT";

/** What kind of personal number stands under a name, whichever way its vendor spells names. */
export function personalNumberNamed(name: string): PersonalNumber | undefined {
  const letters = name.toLowerCase().replace(/[^a-z/]/g, "");
  if (/aadh?aa?r/.test(letters)) return "AADHAAR";
  // "clientId Client ID" is the column of a demat account; a vendor's bare client_id is its own handle.
  return /acc(ount|t)?s?(no|num)|iban|a\/c|folio|demat|clientidclientid/.test(letters) ? "ACCOUNT" : undefined;
}

/** Under such a name a text is the account's number, and an object the account with all that is known about it. */
export function isAccountNamed(name: string): boolean {
  return /^(bank)?accounts?$/.test(name.toLowerCase().replace(/[^a-z]/g, ""));
}

/** Statements print their rows as bare lists and name the columns once: "accountNo", or with a field and a name. */
export function columnNames(labels: readonly unknown[]): readonly string[] {
  return labels.map((label) => {
    const { field, name } = asObject(label) ?? { name: label };
    return `${textOf(field) ?? ""} ${textOf(name) ?? ""}`.trim();
  });
}
