import { asObject, textOf } from "../kernel";

export type PersonalNumber = "AADHAAR" | "ACCOUNT";

/** The kind of personal number under this name. All spellings of vendors are known. */
export function personalNumberNamed(name: string): PersonalNumber | undefined {
  const letters = name.toLowerCase().replace(/[^a-z/]/g, "");
  if (/aadh?aa?r/.test(letters)) return "AADHAAR";
  // "clientId Client ID" is the column of a demat account. A plain client_id is the vendor's own reference.
  return /acc(ount|t)?s?(no|num)|iban|a\/c|folio|demat|clientidclientid/.test(letters) ? "ACCOUNT" : undefined;
}

/** Under such a name a string is the account number, and an object is the account with its number inside. */
export function isAccountNamed(name: string): boolean {
  return /^(bank)?accounts?$/.test(name.toLowerCase().replace(/[^a-z]/g, ""));
}

/** Statements print rows as plain lists and name the columns once, by a field, or by a field and a printed name. */
export function columnNames(labels: readonly unknown[]): readonly string[] {
  return labels.map((label) => {
    const { field, name } = asObject(label) ?? { name: label };
    return `${textOf(field) ?? ""} ${textOf(name) ?? ""}`.trim();
  });
}
