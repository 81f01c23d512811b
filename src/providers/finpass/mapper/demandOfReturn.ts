import { type Demand, type Filing, withinRupees, addRupees, zeroRupees, type Rupees } from "../../../domain";
import type { Listing } from "../../replies";

/**
 * The vendor lists the demands of a taxpayer beside the returns, by year and not by return. A year's demand is on the return
 * that the portal's events say one was raised on, and a return that the Department is through with owes nothing where its
 * year has none. Anything else would be a guess, and stays untold.
 */
export function withDemands(filings: readonly Filing[], demands: Listing<Demand>): readonly Filing[] {
  // A demand that could not be read, or has no year, may be on any of them.
  const isClear = demands.isWhole && demands.entries.every(({ incomeYear }) => incomeYear !== undefined);
  if (!isClear) return filings;
  return filings.map((filing) => {
    const ofYear = demands.entries.filter(({ incomeYear }) => incomeYear === filing.incomeYear);
    const isDone = filing.status === "PROCESSED" || filing.status === "REFUND_ISSUED";
    if (isDone && ofYear.length === 0) return { ...filing, demand: zeroRupees };
    return isTheOneOwing(filing, filings) ? { ...filing, demand: sumOf(ofYear) } : filing;
  });
}

function isTheOneOwing(filing: Filing, filings: readonly Filing[]): boolean {
  const raisedOn = filings.filter(
    ({ incomeYear, status }) => incomeYear === filing.incomeYear && status === "DEMAND_RAISED",
  );
  return raisedOn.length === 1 && raisedOn.includes(filing);
}

/** Null where there is nothing to add up, or an amount is not told. */
function sumOf(demands: readonly Demand[]): Rupees | null {
  const amounts = demands.map(({ amount }) => amount).filter((amount) => amount !== null);
  if (amounts.length === 0 || amounts.length < demands.length) return null;
  return withinRupees(() => addRupees(...amounts), null);
}
