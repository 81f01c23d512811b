/**
 * Income tax written down a second time, straight from the text of the Finance Acts and sections 87A, 111A, 112 and 112A.
 * It shares no code with `src`. All amounts are whole paise.
 */
export interface PlainIncome {
  /** The calendar year in which the income year starts. */
  readonly year: number;
  readonly regime: "OLD" | "NEW";
  readonly age: "BELOW_60" | "FROM_60" | "FROM_80";
  readonly who: "RESIDENT_INDIVIDUAL" | "RESIDENT_FAMILY" | "NON_RESIDENT";
  readonly normal: number;
  readonly dividendWithinNormal: number;
  readonly farm: number;
  readonly gains: readonly PlainGain[];
  readonly byUtility: boolean;
}

export interface PlainGain {
  readonly section: "111A" | "112" | "112A" | "115BBE" | "OTHER";
  readonly amount: number;
  readonly rate: number;
}

export interface PlainTax {
  readonly tax: number;
  readonly rebate: number;
  readonly surcharge: number;
  readonly cess: number;
}

const lakh = 1e5 * 100;
const crore = 1e7 * 100;

/** Rate in percent up to each limit in lakh; the last rate has no limit. */
// prettier-ignore
const schedules: Record<string, readonly (readonly [number, number])[]> = {
  "OLD BELOW_60": [[2.5, 0], [5, 5], [10, 20], [Infinity, 30]],
  "OLD FROM_60": [[3, 0], [5, 5], [10, 20], [Infinity, 30]],
  "OLD FROM_80": [[5, 0], [10, 20], [Infinity, 30]],
  "NEW 2020": [[2.5, 0], [5, 5], [7.5, 10], [10, 15], [12.5, 20], [15, 25], [Infinity, 30]],
  "NEW 2021": [[2.5, 0], [5, 5], [7.5, 10], [10, 15], [12.5, 20], [15, 25], [Infinity, 30]],
  "NEW 2022": [[2.5, 0], [5, 5], [7.5, 10], [10, 15], [12.5, 20], [15, 25], [Infinity, 30]],
  "NEW 2023": [[3, 0], [6, 5], [9, 10], [12, 15], [15, 20], [Infinity, 30]],
  "NEW 2024": [[3, 0], [7, 5], [10, 10], [12, 15], [15, 20], [Infinity, 30]],
  "NEW 2025": [[4, 0], [8, 5], [12, 10], [16, 15], [20, 20], [24, 25], [Infinity, 30]],
};

export function plainTax(of: PlainIncome): PlainTax {
  const total = of.normal + sum(of.gains.map(({ amount }) => amount));
  const on = taxes(of, of.normal, of.gains);
  const tax = toRupee(on.normal + sum(on.gains));
  const rebate = toRupee(section87A(of, total, on));
  const surcharge = toRupee(surchargeOn(of, total, on));
  const cess = toRupee(percent(tax - rebate + surcharge, 4));
  return { tax, rebate, surcharge, cess };
}

interface Taxes {
  readonly normal: number;
  /** One for each gain. */
  readonly gains: readonly number[];
}

function taxes(of: PlainIncome, normal: number, gains: readonly PlainGain[]): Taxes {
  const exemption = schedule(of)[0]![0] * lakh;
  const isFarmCounted = of.farm > 5_000 * 100;
  const byRates = isFarmCounted
    ? Math.max(0, bySchedule(of, normal + of.farm) - bySchedule(of, exemption + of.farm))
    : bySchedule(of, normal);

  // Provisos to 111A(1), 112(1) and 112A(2): what is short of the exemption comes off the gains of residents.
  let short = of.who === "NON_RESIDENT" ? 0 : Math.max(0, exemption - normal);
  let free = (of.year >= 2024 ? 1.25 : 1) * lakh;
  const result = gains.map(() => 0);
  const cost = (at: number) => gains[at]!.rate + (isNamed(of.year, gains[at]!) ? 0 : 0.01);
  const dearestFirst = gains.map((_, at) => at).sort((a, b) => cost(b) - cost(a));
  for (const at of dearestFirst) {
    const { section, amount, rate } = gains[at]!;
    let taxable = amount;
    if (section === "111A" || section === "112" || section === "112A") {
      const used = Math.min(short, taxable);
      short -= used;
      taxable -= used;
    }
    if (section === "112A") {
      const used = Math.min(free, taxable);
      free -= used;
      taxable -= used;
    }
    result[at] = percent(taxable, rate);
  }
  return { normal: byRates, gains: result };
}

function section87A(of: PlainIncome, total: number, on: Taxes): number {
  if (of.who !== "RESIDENT_INDIVIDUAL") return 0;
  const butFor112A = on.normal + sum(of.gains.map(({ section }, at) => (section === "112A" ? 0 : on.gains[at]!)));
  if (of.regime === "OLD" || of.year <= 2022) return total <= 5 * lakh ? Math.min(butFor112A, 12_500 * 100) : 0;
  if (of.year <= 2024) {
    const payable = of.byUtility ? on.normal : butFor112A;
    if (total <= 7 * lakh) return Math.min(payable, 25_000 * 100);
    return Math.max(0, payable - (total - 7 * lakh));
  }
  // Second proviso of Finance Act, 2025: no more than the tax at the rates of section 115BAC(1A).
  if (total <= 12 * lakh) return Math.min(on.normal, 60_000 * 100);
  const payable = of.byUtility ? on.normal : butFor112A;
  return Math.max(0, Math.min(on.normal, payable - (total - 12 * lakh)));
}

/** The gains that the clauses above 15 % leave out; section 112 since Finance Act, 2022. */
function isNamed(year: number, { section }: PlainGain): boolean {
  return section === "111A" || section === "112A" || (section === "112" && year >= 2022);
}

/** Clauses (i) to (v) of the surcharge, and the relief of its provisos. */
function surchargeOn(of: PlainIncome, total: number, on: Taxes): number {
  const at25 = percent(sum(of.gains.map(({ section }, at) => (section === "115BBE" ? on.gains[at]! : 0))), 25);
  const isCapped = (gain: PlainGain) => isNamed(of.year, gain);
  const named = of.dividendWithinNormal + sum(of.gains.filter(isCapped).map(({ amount }) => amount));
  const rest = total - named;
  const hasHighest = of.regime === "OLD" || of.year <= 2022;

  const rateFor = (all: number, butNamed: number) => {
    if (butNamed > 5 * crore && hasHighest) return 37;
    if (butNamed > 2 * crore) return 25;
    if (all > 1 * crore) return 15;
    return all > 50 * lakh ? 10 : 0;
  };
  const bothOn = (normal: number, dividend: number, gains: readonly PlainGain[], rate: number) => {
    const t = taxes(of, normal, gains);
    const onDividend = proportion(t.normal, dividend, normal);
    let [plain, capped] = [t.normal - onDividend, onDividend];
    gains.forEach((gain, at) => {
      if (gain.section === "115BBE") return;
      if (isCapped(gain)) capped += t.gains[at]!;
      else plain += t.gains[at]!;
    });
    return { tax: plain + capped, surcharge: percent(plain, rate) + percent(capped, Math.min(rate, 15)) };
  };

  const rate = rateFor(total, rest);
  if (rate === 0) return at25;
  const full = bothOn(of.normal, of.dividendWithinNormal, of.gains, rate);

  // The income that lies just at the limit: the topmost slice is taken off.
  const isByRest = rate > 15;
  const limit = rate === 37 ? 5 * crore : rate === 25 ? 2 * crore : rate === 15 ? 1 * crore : 50 * lakh;
  const excess = (isByRest ? rest : total) - limit;
  let over = excess;
  const off = (most: number) => {
    const taken = Math.min(over, most);
    over -= taken;
    return taken;
  };
  const lessPlain = off(of.normal - of.dividendWithinNormal);
  const lessDividend = isByRest ? 0 : off(of.dividendWithinNormal);
  const lowered = of.gains.map((gain) => ({ ...gain }));
  for (const wanted of isByRest ? [false] : [false, true]) {
    const group = lowered.filter((gain) => isCapped(gain) === wanted).sort((a, b) => b.rate - a.rate);
    for (const gain of group) gain.amount -= off(gain.amount);
  }
  const limitRate = rateFor(total - excess, rest - (isByRest ? excess : 0) - (isByRest ? 0 : namelessPart(lowered)));
  const atLimit = bothOn(
    of.normal - lessPlain - lessDividend,
    of.dividendWithinNormal - lessDividend,
    lowered,
    limitRate,
  );
  const most = atLimit.tax + atLimit.surcharge + excess - full.tax;
  return Math.max(0, Math.min(full.surcharge, most)) + at25;

  function namelessPart(gains: readonly PlainGain[]): number {
    const before = rest;
    const after =
      of.normal -
      lessPlain -
      of.dividendWithinNormal +
      sum(gains.filter((gain) => !isCapped(gain)).map((g) => g.amount));
    return before - after;
  }
}

function schedule({ regime, year, age }: PlainIncome): readonly (readonly [number, number])[] {
  return schedules[regime === "OLD" ? `OLD ${age}` : `NEW ${year}`]!;
}

function bySchedule(of: PlainIncome, income: number): number {
  let [tax, from] = [0, 0];
  for (const [limit, rate] of schedule(of)) {
    const to = Math.min(income, limit * lakh);
    if (to > from) tax += percent(to - from, rate);
    from = limit * lakh;
  }
  return tax;
}

function percent(paise: number, rate: number): number {
  return Math.floor((paise * Math.round(rate * 100)) / 10_000 + 0.5);
}

function proportion(paise: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  const product = BigInt(paise) * BigInt(part);
  const quotient = product / BigInt(whole);
  return Number(quotient) + (2n * (product - quotient * BigInt(whole)) >= BigInt(whole) ? 1 : 0);
}

function toRupee(paise: number): number {
  return Math.floor(paise / 100 + 0.5) * 100;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, each) => all + each, 0);
}
