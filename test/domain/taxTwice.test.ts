import { rupees, type Rupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { computeTax } from "../../src/domain/tax/taxRules";
import { ageTiers } from "../../src/domain/tax/taxTables";
import { plainTax, type PlainGain, type PlainIncome } from "./plainTax";

/** Of every year, regime, age and kind of income. `TAX_POINTS=20000` takes two minutes. */
const pointsOfEach = Number(process.env.TAX_POINTS ?? 1_000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);

/** A small generator of its own, since hundreds of thousands of points are drawn. */
function drawFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const limits = [2.5, 3, 4, 5, 7, 10, 12, 15, 24, 50, 100, 200, 500].map((lakhs) => lakhs * 100_000);
const ratesOf: Record<PlainGain["section"], readonly number[]> = {
  "111A": [15, 20],
  "112": [10, 12.5, 20],
  "112A": [10, 12.5],
  "115BBE": [60],
  OTHER: [30, 10],
};

const sections = Object.keys(ratesOf) as PlainGain["section"][];
const everybody: readonly PlainIncome["who"][] = ["RESIDENT_INDIVIDUAL", "RESIDENT_FAMILY", "NON_RESIDENT"];

/** Of every size, and every third one close to a limit of the law. */
function anyAmount(draw: () => number): number {
  const near = limits[Math.floor(draw() * limits.length)]! + (draw() - 0.4) * 40_000;
  const free = 10 ** (3 + draw() * 6.3);
  return Math.round(draw() < 0.35 ? near : free);
}

function pointOf(
  draw: () => number,
  basis: Pick<PlainIncome, "year" | "regime" | "age">,
  hasGains: boolean,
): PlainIncome {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)]!;
  const gains = hasGains
    ? Array.from({ length: 1 + Math.floor(draw() * 3) }, (): PlainGain => {
        const section = pick(sections);
        return { section, amount: anyAmount(draw) * 100, rate: pick(ratesOf[section]) };
      })
    : [];
  const ofGains = gains.reduce((all, { amount }) => all + amount / 100, 0);
  // The total is in tens of rupees, as section 288A has it.
  const total = Math.ceil((ofGains + (draw() < 0.15 ? 0 : anyAmount(draw))) / 10) * 10;
  const normal = total * 100 - ofGains * 100;
  return {
    ...basis,
    who: pick(everybody),
    normal,
    gains,
    dividendWithinNormal: draw() < 0.3 ? Math.floor((draw() * normal) / 100) * 100 : 0,
    farm: draw() < 0.3 ? anyAmount(draw) * 100 : 0,
    byUtility: draw() < 0.3,
  };
}

function computed(point: PlainIncome) {
  const { year, regime, age, who, normal, gains, dividendWithinNormal, farm, byUtility } = point;
  const special = gains.map(({ section, amount, rate }) => ({
    section,
    income: rupees(amount / 100),
    ratePercent: rate,
  }));
  const tax = computeTax({
    incomeYear: year as IncomeYear,
    regime,
    ageTier: age,
    taxpayer: who,
    totalIncome: gains.reduce((all, { amount }) => all + amount, normal) as Rupees,
    special,
    dividend: dividendWithinNormal as Rupees,
    agriculturalIncome: farm as Rupees,
    rebatesSpecialRates: !byUtility,
  });
  return { tax: tax.taxOnTotalIncome, rebate: tax.rebate, surcharge: tax.surcharge, cess: tax.cess };
}

const bases = [2020, 2021, 2022, 2023, 2024, 2025].flatMap((year) =>
  (["OLD", "NEW"] as const).flatMap((regime) => ageTiers.map((age) => ({ year, regime, age }))),
);

describe.each(bases)("the tax of $year, $regime regime, $age", (basis) => {
  it.each([false, true])("is what the text of the law gives, gains: %s", (hasGains) => {
    const draw = drawFrom(
      seed + basis.year * 100 + (basis.regime === "OLD" ? 1 : 2) + ageTiers.indexOf(basis.age) * 10,
    );
    const differences: unknown[] = [];
    for (let count = 0; count < pointsOfEach; count += 1) {
      const point = pointOf(draw, basis, hasGains);
      const [twice, once] = [plainTax(point), computed(point)];
      const isSame =
        twice.tax === once.tax &&
        twice.rebate === once.rebate &&
        twice.surcharge === once.surcharge &&
        twice.cess === once.cess;
      if (!isSame) differences.push({ point, twice, once });
    }
    expect(differences.slice(0, 3)).toEqual([]);
  });
});
