import type { FilingKind } from "./filing";

interface FilingSection {
  /** The section in one spelling: "139(1)". */
  readonly label: string;
  /** The Department's own number in return files. */
  readonly code: number;
  readonly kind: FilingKind;
  /** The words that statements and vendors use in its place. */
  readonly words?: RegExp;
}

/** The first whose words fit wins: "revised, originally filed on …" is a revised return. */
const filingSections: readonly FilingSection[] = [
  { label: "139(8A)", code: 21, kind: "UPDATED", words: /\bupdated\b/i },
  { label: "139(9)", code: 18, kind: "DEFECTIVE_RESPONSE", words: /\bdefective\b/i },
  { label: "139(5)", code: 17, kind: "REVISED", words: /\brevised\b/i },
  { label: "139(4)", code: 12, kind: "BELATED", words: /\bbelated\b/i },
  { label: "139(1)", code: 11, kind: "ORIGINAL", words: /\b(original|regular)\b/i },
  { label: "142(1)", code: 13, kind: "OTHER" },
  { label: "148", code: 14, kind: "OTHER" },
  { label: "153A", code: 15, kind: "OTHER" },
  { label: "153C", code: 16, kind: "OTHER" },
  { label: "92CD", code: 19, kind: "OTHER" },
  { label: "119(2)(b)", code: 20, kind: "OTHER" },
];

/** The section that "139(4)", 12, "12" or "Belated" stands for. */
export function filingSectionOf(section: string | number): FilingSection | undefined {
  const spelling = String(section).trim();
  // A number in brackets belongs to the section: "139(1)" is part of neither "139(10)" nor "1139(1)".
  const cited = /(?<![0-9])(?:1[0-9]{2}[A-Z]?|92CD(?![A-Z]))(\s*\([0-9A-Z]{1,2}\))*/i.exec(spelling)?.[0];
  const label = cited?.replace(/\s/g, "").toUpperCase();
  return (
    filingSections.find(({ code }) => String(code) === spelling) ??
    filingSections.find((known) => known.label.toUpperCase() === label) ??
    filingSections.find(({ words }) => words?.test(spelling))
  );
}
