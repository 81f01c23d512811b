import { type Contradiction, type Rupees } from "../../../domain";
import { asObject } from "../../replies";

/** The file or the analysis may round tax and income to ten rupees. */
const roundingPaise = 1_000;

/** The facts on which the vendor's analysis differs from the file. The file wins, and both values are kept. */
export function contradictionsOf(believed: object, alsoTold: object, path = ""): readonly Contradiction[] {
  const analysis = asObject(alsoTold) ?? {};
  return Object.entries(believed).flatMap(([name, one]) => {
    const other = analysis[name];
    const place = path + name;
    const isInBoth = one !== null && one !== undefined && other !== null && other !== undefined;
    if (!isInBoth || Array.isArray(one)) return [];
    if (typeof one === "object" && typeof other === "object") {
      return contradictionsOf(one as object, other, `${place}.`);
    }
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
