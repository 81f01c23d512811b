import { type Contradiction, type Rupees } from "../../../domain";
import { asObject } from "../../replies";

/** Files round tax and income to ten rupees and analyses do not, or the other way about. */
const roundingPaise = 1_000;

/** Where the vendor's analysis says another thing than the file it analysed: both are kept, and the file is believed. */
export function contradictionsOf(believed: object, alsoTold: object, path = ""): readonly Contradiction[] {
  const told = asObject(alsoTold) ?? {};
  return Object.entries(believed).flatMap(([name, one]) => {
    const other = told[name];
    const place = path + name;
    const isToldTwice = one !== null && one !== undefined && other !== null && other !== undefined;
    if (!isToldTwice || Array.isArray(one)) return [];
    if (typeof one === "object" && typeof other === "object")
      return contradictionsOf(one as object, other, `${place}.`);
    return isSame(one, other) ? [] : [{ path: place, believed: factOf(one), alsoTold: factOf(other) }];
  });
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === "UNKNOWN" || other === "UNKNOWN") return true;
  if (typeof one !== "number" || typeof other !== "number") return one === other;
  return Math.abs(one - other) <= roundingPaise;
}

function factOf(value: unknown): Contradiction["believed"] {
  return typeof value === "number" ? (value as Rupees) : String(value);
}
