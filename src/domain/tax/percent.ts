import { fromPaise, type Rupees } from "../rupees";

/** A percentage of an amount, to the nearest paisa. It may have two decimals: 12.5. */
export function percentOf(amount: Rupees, percent: number): Rupees {
  const basisPoints = Math.round(percent * 100);
  // The parts are multiplied separately, so that no product exceeds the safe integers.
  const rest = amount % 10_000;
  return fromPaise(((amount - rest) / 10_000) * basisPoints + Math.round((rest * basisPoints) / 10_000));
}

/** To the nearest multiple of ten rupees, as sections 288A and 288B round incomes, taxes and refunds; halves go up. */
export function roundToTen(amount: Rupees): Rupees {
  return roundTo(amount, 1_000);
}

export function roundToRupee(amount: Rupees): Rupees {
  return roundTo(amount, 100);
}

function roundTo(amount: Rupees, paise: number): Rupees {
  return fromPaise(Math.floor((amount + paise / 2) / paise) * paise);
}

/** The part of an amount that belongs to `part` of `whole`, to the nearest paisa. */
export function shareOf(amount: Rupees, part: Rupees, whole: Rupees): Rupees {
  if (whole === 0) return fromPaise(0);
  const [product, divisor] = [BigInt(amount) * BigInt(part), BigInt(whole)];
  return fromPaise(Number((2n * product + divisor) / (2n * divisor)));
}
