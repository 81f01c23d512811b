import { addRupees, fromPaise, negateRupees, zeroRupees, type Rupees } from "../rupees";
import type { Label } from "./labels";

/** A number of the policy, and where it stands: "policy.rentShare". */
interface Factor {
  readonly path: string;
  readonly value: number;
}

interface Input {
  readonly op: "INPUT";
  /** "filings.2025-26.salaries[0].gross", or the name of an earlier step. */
  readonly path: string;
  readonly label: Label;
  readonly amount: Rupees;
}

interface Term {
  readonly isTakenOff?: boolean;
  readonly of: Expression;
}

interface Sum {
  readonly op: "SUM";
  readonly of: readonly Term[];
}

/** How an amount is made. The amount is evaluated from it and the formula is printed from it, so the two cannot differ. */
export type Expression =
  | Input
  /** The return says that there is nothing, or its form has no place for it. */
  | { readonly op: "NOTHING"; readonly path: string; readonly label: Label }
  | Sum
  | { readonly op: "TIMES"; readonly of: Expression; readonly factor: Factor }
  | { readonly op: "LOWER_OF"; readonly of: readonly Expression[] }
  | { readonly op: "NOT_BELOW_ZERO"; readonly of: Expression }
  | { readonly op: "MEAN" | "MEAN_IF_RISING_ELSE_FIRST"; readonly of: readonly Expression[] };

export function input(path: string, label: Label, amount: Rupees): Expression {
  return { op: "INPUT", path, label, amount };
}

export function sum(...of: readonly Expression[]): Sum {
  return { op: "SUM", of: of.map((term) => ({ of: term })) };
}

export function evaluate(expression: Expression): Rupees {
  switch (expression.op) {
    case "INPUT":
      return expression.amount;
    case "NOTHING":
      return zeroRupees;
    case "SUM":
      return addRupees(
        ...expression.of.map(({ isTakenOff = false, of }) => (isTakenOff ? negateRupees(evaluate(of)) : evaluate(of))),
      );
    case "TIMES":
      return timesFactor(evaluate(expression.of), expression.factor.value);
    case "LOWER_OF":
      return Math.min(...expression.of.map(evaluate)) as Rupees;
    case "NOT_BELOW_ZERO":
      return Math.max(0, evaluate(expression.of)) as Rupees;
    case "MEAN":
      return meanOf(expression.of.map(evaluate));
    case "MEAN_IF_RISING_ELSE_FIRST": {
      const amounts = expression.of.map(evaluate);
      return isRising(amounts) ? meanOf(amounts) : (amounts[0] ?? zeroRupees);
    }
  }
}

/** Newest first: no year is below the year before it. */
export function isRising(amounts: readonly Rupees[]): boolean {
  return amounts.every((amount, at) => amount >= (amounts[at + 1] ?? amount));
}

/** Every path that an expression reads, each once, in order. */
export function pathsIn(expression: Expression): readonly string[] {
  switch (expression.op) {
    case "INPUT":
    case "NOTHING":
      return [expression.path];
    case "SUM":
      return distinct(expression.of.flatMap(({ of }) => pathsIn(of)));
    case "TIMES":
      return distinct([...pathsIn(expression.of), expression.factor.path]);
    case "NOT_BELOW_ZERO":
      return pathsIn(expression.of);
    case "LOWER_OF":
    case "MEAN":
    case "MEAN_IF_RISING_ELSE_FIRST":
      return distinct(expression.of.flatMap(pathsIn));
  }
}

/** To the nearest paisa, halves up. The factor counts as the decimal that it prints as: 0.1 is a tenth. */
export function timesFactor(amount: Rupees, factor: number): Rupees {
  const { numerator, denominator } = decimalOf(factor);
  return roundHalfUp(BigInt(amount) * numerator, denominator);
}

/** To the nearest paisa, halves up. Of no amounts it is 0. */
function meanOf(amounts: readonly Rupees[]): Rupees {
  if (amounts.length === 0) return zeroRupees;
  const total = amounts.reduce((all, amount) => all + BigInt(amount), 0n);
  return roundHalfUp(total, BigInt(amounts.length));
}

function roundHalfUp(numerator: bigint, denominator: bigint): Rupees {
  return fromPaise(Number(floorDivide(2n * numerator + denominator, 2n * denominator)));
}

function floorDivide(one: bigint, other: bigint): bigint {
  const quotient = one / other;
  return one % other < 0n ? quotient - 1n : quotient;
}

function decimalOf(factor: number): { readonly numerator: bigint; readonly denominator: bigint } {
  const [, whole = "", part = "", exponent = "0"] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(factor)) ?? [];
  const places = part.length - Number(exponent);
  const digits = BigInt(whole + part);
  return places >= 0
    ? { numerator: digits, denominator: 10n ** BigInt(places) }
    : { numerator: digits * 10n ** BigInt(-places), denominator: 1n };
}

export function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
