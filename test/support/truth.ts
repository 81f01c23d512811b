import { checksOf } from "../../src/domain/checks";
import type { Demand } from "../../src/domain/compliance";
import type { Filing } from "../../src/domain/filing/filing";
import type { InformationReport, InformationStatement } from "../../src/domain/statements/informationStatement";
import { creditedTotal, type TaxCreditStatement } from "../../src/domain/statements/taxCredits";
import { maskAddress, maskEmail, maskMobile } from "../../src/graph/taxpayer/profile";
import { toWireNumber, type Rupees } from "../../src/domain/rupees";
import { assessmentYearLabel, type IncomeYear } from "../../src/domain/taxPeriod";
import type { Profile } from "../../src/domain/taxpayer";
import type { Persona } from "../../src/providers/persona";

/** Facts by their place: "filings.2025-26 ORIGINAL.tax.rebate". */
export type Facts = ReadonlyMap<string, unknown>;

/** All that documents could tell of these years about a person, in the spelling of the graph. */
export function truthOf(persona: Persona, years: readonly IncomeYear[]): Facts {
  const ofYears = <T extends { readonly incomeYear: IncomeYear }>(all: readonly T[]) =>
    all.filter(({ incomeYear }) => years.includes(incomeYear));
  const filings = ofYears(persona.filings).map((filing) => {
    const taxCredits = persona.taxCredits.find(({ incomeYear }) => incomeYear === filing.incomeYear);
    const checks = checksOf(filing, { taxCredits, profile: persona.profile });
    return [
      placeOf(assessmentYearLabel(filing.incomeYear), filing.kind),
      { ...filingOnTheWire(filing), checks: outcomesOf(checks) },
    ] as const;
  });
  return factsOf({
    profile: profileOnTheWire(persona.profile),
    filings: Object.fromEntries(filings),
    demands: persona.demands.map(demandOnTheWire),
    taxCredits: byYear(ofYears(persona.taxCredits), creditsOnTheWire),
    informationStatements: byYear(ofYears(persona.informationStatements), informationOnTheWire),
  });
}

/** What an answer tells: where it says nothing, it tells nothing. */
export function factsOf(answer: unknown): Facts {
  const facts = new Map<string, unknown>();
  const walk = (value: unknown, place: string): void => {
    if (value === null || value === undefined || value === "UNKNOWN") return;
    // The lines of an address are cut in other places by each vendor.
    if (Array.isArray(value) && place.endsWith(".lines")) facts.set(place, value.join(", "));
    else if (typeof value === "string") facts.set(place, inOneSpelling(place, value));
    else if (typeof value === "object") {
      for (const [name, inner] of Object.entries(value)) walk(inner, place === "" ? name : `${place}.${name}`);
    } else facts.set(place, value);
  };
  walk(answer, "");
  return facts;
}

/** Vendors have spellings of their own for some facts. */
function inOneSpelling(place: string, text: string): string {
  if (/^profile\.(address\.(state|country)|aadhaarLink\.label)$/.test(place)) return text.toUpperCase();
  if (place === "profile.gender") return text.charAt(0);
  return place === "profile.category" && text === "Hindu Undivided Family" ? "HUF" : text;
}

export function placeOf(assessmentYear: string, kind: string): string {
  return `${assessmentYear} ${kind}`;
}

/** "PASSED", by the name of each check. */
export function outcomesOf(checks: readonly { readonly name: string; readonly outcome: string }[]): object {
  return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
}

function profileOnTheWire({ email, mobile, address, ...profile }: Profile): object {
  return {
    ...profile,
    email: email && maskEmail(email),
    mobile: mobile && maskMobile(mobile),
    address: address && maskAddress(address),
  };
}

function filingOnTheWire({ incomeHeads, tax, taxesPaid, refund, ...filing }: Filing): object {
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
    demand: wire(filing.demand),
  };
}

function demandOnTheWire({ incomeYear, amount, ...demand }: Demand): object {
  return { ...demand, assessmentYear: incomeYear && assessmentYearLabel(incomeYear), amount: wire(amount) };
}

function creditsOnTheWire(statement: TaxCreditStatement): object {
  const deductors = statement.deductors.map(({ credits, ...deductor }) => ({
    ...deductor,
    credits: credits.map(({ amountPaid, taxWithheld, taxDeposited, ...credit }) => ({
      ...credit,
      ...allWire({ amountPaid, taxWithheld, taxDeposited }),
    })),
  }));
  return { creditedTotal: wire(creditedTotal(statement)), deductors };
}

function informationOnTheWire({ entries }: InformationStatement): object {
  return entries.map(({ amount, derivedAmount, incomeYear, reports, ...entry }) => ({
    ...entry,
    assessmentYear: incomeYear && assessmentYearLabel(incomeYear),
    // Every element of the cast's statements has a report that counts, or none at all.
    status: reports === undefined ? "UNKNOWN" : "ACTIVE",
    ...allWire({ amount, derivedAmount, ...taxOf(entry.part, reports) }),
    reports: reports?.map(({ amount: reported, taxWithheld, taxDeposited, ...report }) => ({
      ...report,
      ...allWire({ amount: reported, taxWithheld, taxDeposited }),
    })),
  }));
}

function taxOf(part: string, reports: readonly InformationReport[] = []): object {
  if (part !== "TAX_DEDUCTED_OR_COLLECTED") return { taxWithheld: null, taxDeposited: null };
  const counting = reports.filter(({ status }) => status === "ACTIVE");
  return {
    taxWithheld: counting.reduce((sum, { taxWithheld }) => sum + (taxWithheld ?? 0), 0),
    taxDeposited: counting.reduce((sum, { taxDeposited }) => sum + (taxDeposited ?? 0), 0),
  };
}

function byYear<T extends { readonly incomeYear: IncomeYear }>(
  all: readonly T[],
  onTheWire: (one: T) => object,
): object {
  return Object.fromEntries(all.map((one) => [assessmentYearLabel(one.incomeYear), onTheWire(one)]));
}

function wire(amount: Rupees | null): number | null {
  return amount === null ? null : toWireNumber(amount);
}

function allWire(amounts: object | undefined): object | undefined {
  if (amounts === undefined) return undefined;
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, wire(amount as Rupees | null)]));
}
