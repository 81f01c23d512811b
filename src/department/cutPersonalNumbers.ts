import { maskAccountNumber } from "../domain";
import { asList, asObject, textOf } from "../kernel";

type PersonalNumber = "AADHAAR" | "ACCOUNT";

/** The kind of personal number under this name, in all spellings of the vendors. */
function personalNumberNamed(name: string): PersonalNumber | undefined {
  const letters = name.toLowerCase().replace(/[^a-z/]/g, "");
  if (/aadh?aa?r/.test(letters)) return "AADHAAR";
  // "clientId Client ID" is the column of a demat account. A plain client_id is the vendor's own reference.
  return /acc(ount|t)?s?(no|num)|iban|a\/c|folio|demat|clientidclientid/.test(letters) ? "ACCOUNT" : undefined;
}

/** Under such a name a string is the account number, and an object is the account with its number inside. */
function isAccountNamed(name: string): boolean {
  return /^(bank)?accounts?$/.test(name.toLowerCase().replace(/[^a-z]/g, ""));
}

/** Statements print rows as plain lists and name the columns once, by a field, or by a field and a printed name. */
function columnNames(labels: readonly unknown[]): readonly string[] {
  return labels.map((label) => {
    const { field, name } = asObject(label) ?? { name: label };
    return `${textOf(field) ?? ""} ${textOf(name) ?? ""}`.trim();
  });
}

/** Exactly twelve digits. A longer run is another kind of number, such as an acknowledgement number. */
const twelveDigits = /(?<!\d)\d{4}[\s-]?\d{4}[\s-]?(\d{4})(?!\d)/g;
/** Bounded: without a bound, a hostile text makes the search take minutes. */
const twelveDigitsOrMore = /\d(?:[\s-]?\d){7,40}[\s-]?(\d[\s-]?\d[\s-]?\d[\s-]?\d)/g;
const accountInWords = /((?:\ba\/c|\baccount)(?:\s*(?:no|num|number))?[.:#\s-]*)\d{5,}(\d{4})(?!\d)/gi;
const longWord = /[0-9A-Z]{9,}/gi;

type Container = Record<string, unknown> | unknown[];
type Rewrite = (text: string, kind: PersonalNumber | undefined) => string;

/** A container whose members are still to be copied. */
interface Pending {
  readonly source: Container;
  readonly copy: Container;
  readonly name: string;
  readonly kind: PersonalNumber | undefined;
  readonly columns: readonly string[] | undefined;
}

/** A copy with Aadhaar and account numbers masked, under their names and in all other texts. */
export function cutPersonalNumbers(json: unknown): unknown {
  const accounts = new Set<string>();
  rewriteTexts(json, (text, kind) => {
    if (kind === "ACCOUNT") for (const word of longWords(text)) accounts.add(word);
    return text;
  });
  return rewriteTexts(json, (text, kind) => cutText(text, kind, accounts));
}

function longWords(text: string): readonly string[] {
  const words = [...(text.match(longWord) ?? []), text.replace(/[\s-]/g, "")];
  return words.filter((word) => word.length >= 9 && /\d/.test(word)).map((word) => word.toUpperCase());
}

function cutText(text: string, kind: PersonalNumber | undefined, accounts: ReadonlySet<string>): string {
  if (kind === "ACCOUNT") return /\d/.test(text) ? (maskAccountNumber(text) ?? "XXXX") : text;
  // The shortest run that any pattern finds has nine digits or letters. Most texts are let through here.
  if (text.length < 9 || !/\d/.test(text)) return text;
  const pattern = kind === "AADHAAR" ? twelveDigitsOrMore : twelveDigits;
  return text
    .replace(pattern, (_run, lastFour: string) => `XXXX XXXX ${lastFour.replace(/\D/g, "")}`)
    .replace(accountInWords, "$1XXXX$2")
    .replace(longWord, (word) => (accounts.has(word.toUpperCase()) ? `XXXX${word.slice(-4)}` : word));
}

/** Copies with a list of pending containers, not by recursion: JSON may be nested deeper than the stack. */
function rewriteTexts(json: unknown, rewrite: Rewrite): unknown {
  const pending: Pending[] = [];

  function copyOf(value: unknown, name: string, around: Pick<Pending, "name" | "kind">, columns?: readonly string[]) {
    // The name may be one level above the number: { account: { number: "…" } }.
    const kind = around.kind ?? personalNumberNamed(name) ?? personalNumberNamed(around.name + name);
    if (typeof value === "string" || typeof value === "number") {
      const text = String(value);
      const rewritten = rewrite(text, kind ?? (isAccountNamed(name) ? "ACCOUNT" : undefined));
      return rewritten === text ? value : rewritten;
    }
    if (typeof value !== "object" || value === null) return value;
    const copy: Container = Array.isArray(value) ? [] : {};
    pending.push({ source: value as Container, copy, name, kind, columns });
    return copy;
  }

  const root = copyOf(json, "", { name: "", kind: undefined });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { source, copy, name, columns } = next;
    if (Array.isArray(source)) {
      for (const [at, member] of source.entries()) {
        const isRow = Array.isArray(member);
        const memberName = isRow ? name : (columns?.[at] ?? name);
        (copy as unknown[]).push(copyOf(member, memberName, next, isRow ? columns : undefined));
      }
      continue;
    }
    const labels = columnNames(asList(asObject(source)?.columnLabel));
    for (const [key, member] of Object.entries(source)) {
      const value = copyOf(member, key, next, key === "columnData" ? labels : undefined);
      const name = rewrite(key, undefined);
      // Assigned, this one would not be a member. To define all of them takes five times as long.
      if (name === "__proto__") {
        Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
      } else (copy as Record<string, unknown>)[name] = value;
    }
  }
  return root;
}
