declare const tdsSection: unique symbol;

/** The section that tax was withheld under, in one spelling: "192", "194J(b)", "206C(1G)"; of the 2025 Act "393(1)". */
export type TdsSection = string & { readonly [tdsSection]: true };

/** Codes that follow no rule. A hyphen distinguishes the parts of section 194I from sections 194IA and 194IB. */
const sectionByCode = new Map([
  ["92A", "192"],
  ["92B", "192"],
  ["92C", "192"],
  ["4-IA", "194I(a)"],
  ["4-IB", "194I(b)"],
  ["LBA1", "194LBA(a)"],
  ["LBA2", "194LBA(b)"],
  ["LBA3", "194LBA(c)"],
  ["4BA1", "194LBA"],
  ["4BA2", "194LBA"],
  ["LBB", "194LBB"],
  ["LBC", "194LBC"],
  ["96DA", "196D(1A)"],
  ["196D(1A)", "196D(1A)"],
]);

/** Statements name each kind of goods by a letter behind 206C. */
const clauseByLetters = new Map([
  ...["A", "B", "C", "D", "E", "I", "J"].map((letters) => [letters, "1"] as const),
  ...["F", "G", "H"].map((letters) => [letters, "1C"] as const),
  ...["K", "M", "N"].map((letters) => [letters, "1D"] as const),
  ["L", "1F"],
  ...["O", "P", "Q", "T"].map((letters) => [letters, "1G"] as const),
  ["R", "1H"],
]);

/** Reads a statement's "194JA", a return file's "94J-A" and plain "194J(a)" as one section. Undefined for other text. */
export function readTdsSection(text: string): TdsSection | undefined {
  const spelling = spellingOf(text);
  const section =
    sectionByCode.get(spelling) ??
    newActSection(spelling) ??
    collectionSection(spelling) ??
    deductionSection(withoutProviso(spelling));
  return section as TdsSection | undefined;
}

function spellingOf(text: string): string {
  return text
    .toUpperCase()
    .replace(/\s/g, "")
    .replace(/^(T[DC]S-|SECTION|SEC\.?|U\/S)/, "");
}

/** From 1 April 2026 on: three sections, and under them the payment codes 1001 to 1092. */
function newActSection(spelling: string): string | undefined {
  if (/^39[234](\([0-9A-Z]{1,4}\))*$/.test(spelling)) return spelling;
  const code = /^1\d{3}$/.test(spelling) ? Number(spelling) : 0;
  if (code < 1001 || code > 1092) return undefined;
  if (code === 1004) return "392(7)";
  if (code < 1004) return "392";
  return code < 1068 ? "393" : "394";
}

function collectionSection(spelling: string): string | undefined {
  const [, tail] = /^206C(.*)$/.exec(spelling) ?? [];
  if (tail === undefined) return undefined;
  const clause = /^\(?(1[A-Z]?)\)?(\([A-Z]\)\)?)?$/.exec(tail)?.[1];
  if (clause !== undefined) return `206C(${clause})`;
  if (!/^[A-Z]{0,2}$/.test(tail)) return undefined;
  // The luxury goods of 2025, "MA" to "MJ", belong to the clause for cars.
  const known = /^M[A-J]$/.test(tail) ? "1F" : clauseByLetters.get(tail);
  return known === undefined ? "206C" : `206C(${known})`;
}

/**
 * Cases of one section: a payment in kind ("94R-P"), cash drawn by a non-filer ("94N-F"), the payer's side of a purchase
 * ("194IA(P)").
 */
function withoutProviso(spelling: string): string {
  return spelling
    .replace(/^((?:1?94)(?:B|BA|R|S))-?P$/, "$1")
    .replace(/^((?:1?94)N)-?(?:F|C|FT)$/, "$1")
    .replace(/^(4LC)[1-3]$/, "$1")
    .replace(/\([PR]\)$/, "");
}

function deductionSection(spelling: string): string | undefined {
  const [, trust] = /^194LBA\(([ABC])\)$/.exec(spelling) ?? [];
  if (trust !== undefined) return `194LBA(${trust.toLowerCase()})`;
  // "IA" is a section of its own unless something stands between the letters; "JA" is always part (a) of 194J.
  const [, whole = spelling, part] = /^(.+(?:I(?=[-(])|J))[-(]?([AB])\)?$/.exec(spelling) ?? [];
  const [, code, letters] = /^(4(?=[A-Z])|9[46](?=[A-Z])|19[2-6])-?([A-Z]{0,3})$/.exec(whole) ?? [];
  if (code === undefined || letters === undefined) return undefined;
  const section = (code === "4" ? "194" : code.length === 2 ? `1${code}` : code) + letters;
  return part === undefined ? section : `${section}(${part.toLowerCase()})`;
}
