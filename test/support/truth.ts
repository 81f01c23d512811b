import { assessmentYearLabel } from "../../src/domain/taxPeriod";
import type { Filing } from "../../src/domain/filing";
import { maskEmail, maskMobile } from "../../src/graph/contactMasks";
import { toWireNumber, type Rupees } from "../../src/domain/rupees";
import type { Persona } from "../../src/providers/persona";

/** Facts by their place: "filings.2025-26.ORIGINAL.tax.rebate". */
export type Facts = ReadonlyMap<string, unknown>;

/** Everything about a person that a vendor could tell of these years, in the spelling of the graph. */
export function truthOf({ filings, profile, demands }: Persona, years: readonly number[]): Facts {
  const told = Object.fromEntries(
    filings
      .filter(({ incomeYear }) => years.includes(incomeYear))
      .map((filing) => [placeOf(assessmentYearLabel(filing.incomeYear), filing.kind), onTheWire(filing)]),
  );
  const owed = demands.map(({ incomeYear, amount, ...demand }) => {
    return { ...demand, assessmentYear: incomeYear && assessmentYearLabel(incomeYear), amount: wire(amount) };
  });
  const { email, mobile } = profile;
  const masked = { ...profile, email: email && maskEmail(email), mobile: mobile && maskMobile(mobile) };
  return factsOf({ filings: told, profile: masked, demands: owed });
}

/** What an answer tells: where it says nothing, it tells nothing. */
export function factsOf(answer: unknown): Facts {
  const facts = new Map<string, unknown>();
  const walk = (value: unknown, place: string): void => {
    if (value === null || value === undefined || value === "UNKNOWN") return;
    // The lines of an address are cut in other places by each vendor.
    if (Array.isArray(value) && place.endsWith(".lines")) facts.set(place, value.join(", "));
    else if (typeof value === "object") {
      for (const [name, inner] of Object.entries(value)) walk(inner, place === "" ? name : `${place}.${name}`);
    } else facts.set(place, value);
  };
  walk(answer, "");
  return facts;
}

export function placeOf(assessmentYear: string, kind: string): string {
  return `${assessmentYear} ${kind}`;
}

function onTheWire({ incomeHeads, tax, taxesPaid, refund, ...filing }: Filing) {
  const { acknowledgementNumber, form, kind, section, filedOn, dueOn, timeliness, status, statusHistory, regime } =
    filing;
  return {
    ...{ acknowledgementNumber, form, kind, section, filedOn, dueOn, timeliness, status, statusHistory, regime },
    bankAccounts: filing.bankAccounts,
    incomeHeads: allWire(incomeHeads),
    grossTotalIncome: wire(filing.grossTotalIncome),
    deductions: wire(filing.deductions),
    totalIncome: wire(filing.totalIncome),
    tax: allWire(tax),
    taxesPaid: allWire(taxesPaid),
    refund: refund && { claimed: wire(refund.claimed), issuedOn: refund.issuedOn },
  };
}

function wire(amount: Rupees | null): number | null {
  return amount === null ? null : toWireNumber(amount);
}

function allWire(amounts: object | undefined): object | undefined {
  if (amounts === undefined) return undefined;
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, wire(amount as Rupees | null)]));
}
