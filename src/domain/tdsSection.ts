declare const tdsSection: unique symbol;

/** The section of the 1961 Act that tax was withheld under, in one spelling: "192", "194J(b)", "206C(1G)". */
export type TdsSection = string & { readonly [tdsSection]: true };

/** The codes of return files that no rule yields. A hyphen tells the parts of section 194I from sections 194IA and 194IB. */
const sectionByReturnCode = new Map([
  ["92A", "192"],
  ["92B", "192"],
  ["92C", "192"],
  ["4-IA", "194I(a)"],
  ["4-IB", "194I(b)"],
]);

/** Brings statements' "194JA", return files' "94J-A" and plain "194J(a)" together; nothing for what is none of them. */
export function readTdsSection(text: string): TdsSection | undefined {
  const spelling = text
    .toUpperCase()
    .replace(/\s/g, "")
    .replace(/^(TDS-|SECTION|SEC\.?|U\/S)/, "");
  const section = sectionByReturnCode.get(spelling) ?? collectionSection(spelling) ?? deductionSection(spelling);
  return section as TdsSection | undefined;
}

function collectionSection(spelling: string): string | undefined {
  if (spelling === "206C") return spelling;
  const clause = /^206C\(?(1[A-Z]?)\)?$/.exec(spelling)?.[1];
  return clause === undefined ? undefined : `206C(${clause})`;
}

function deductionSection(spelling: string): string | undefined {
  // "IA" is a section of its own unless something stands between the letters; "JA" is always part (a) of 194J.
  const [, whole = spelling, part] = /^(.+(?:I(?=[-(])|J))[-(]?([AB])\)?$/.exec(spelling) ?? [];
  const [, code, letters] = /^(4(?=[A-Z])|94(?=[A-Z])|19[2-6])-?([A-Z]{0,3})$/.exec(whole) ?? [];
  if (code === undefined || letters === undefined) return undefined;
  const section = (code.endsWith("4") ? "194" : code) + letters;
  return part === undefined ? section : `${section}(${part.toLowerCase()})`;
}
