import { readAmount, largestRupees, UnreadableAmount, zeroRupees, type Rupees, type IncomeYear } from "../../domain";
import { type JsonObject } from "../../kernel";
import { figureNames, type FigureName, type ReturnPlaces } from "./itrPlaces";
import { valueAt } from "./returnLayout";

/** Null when the file does not hold the figure. A cell that holds no amount throws UnreadableAmount. */
export type ReturnFigures = Readonly<Record<FigureName, Rupees | null>>;

/** Far above any real figure, and low enough that no sum of figures overflows Rupees. */
const largestFigure = largestRupees / 100;

export function readFigures(body: JsonObject, places: ReturnPlaces["figures"], incomeYear: IncomeYear): ReturnFigures {
  const figures = new Map<FigureName, Rupees | null>();
  for (const name of figureNames) {
    const place = places[name];
    if (place === undefined || incomeYear < (place.since ?? 0)) continue;
    figures.set(name, readFigure(valuesAt(body, place.paths)[0]));
  }
  for (const name of figureNames) {
    const place = places[name];
    if (place?.zeroBeside === undefined || !figures.has(name)) continue;
    const isLeftOut = valuesAt(body, place.paths).length === 0;
    if (isLeftOut && (figures.get(place.zeroBeside) ?? null) !== null) figures.set(name, zeroRupees);
  }
  return Object.fromEntries(figureNames.map((name) => [name, figures.get(name) ?? null])) as ReturnFigures;
}

function valuesAt(body: JsonObject, paths: readonly string[]): readonly unknown[] {
  return paths.map((path) => valueAt(body, path)).filter((value) => value !== undefined);
}

/** The amount at the first of these paths that exists. */
export function amountAt(block: JsonObject | undefined, ...paths: readonly string[]): Rupees | null {
  return block === undefined ? null : readFigure(valuesAt(block, paths)[0]);
}

/** A block or a list is no cell for an amount, but a place that another layout uses. */
function readFigure(value: unknown): Rupees | null {
  if (typeof value === "object") return null;
  const amount = readAmount(value);
  if (amount !== null && Math.abs(amount) > largestFigure) throw new UnreadableAmount();
  return amount;
}
