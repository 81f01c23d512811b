import {
  type Filing,
  totalOfHeads,
  filingStatusFromLabel,
  filingDateHint,
  rupees,
  creditedTotal,
  slabTax,
} from "../../../src/domain";
import type { Persona } from "../../../src/providers";
import { personasOn } from "../../../src/sandbox/personas";
import { days, n } from "./days";

/** What losses of earlier years take from a later one. */
const lossSetOff = new Map(
  [2023, 2024, 2025].map((year, at) => [`ZZZPK9002B ${year}`, rupees([9, 11, 6][at]! * 100_000)]),
);

/** Tax that a client withheld on a fee of 40,000 and did not deposit. */
const keptByClient = (pan: string) => (pan === "ZZZPK9018T" ? rupees(4_000) : 0);

describe.each(days)("on %s, each persona's return", (today) => {
  const everyone = personasOn(today);
  const returns = everyone.flatMap((persona) =>
    persona.filings.map((filing): [string, Filing, Persona] => [persona.title, filing, persona]),
  );
  const figured = returns.filter(([, { totalIncome }]) => totalIncome !== null);

  it("has heads that add up", () => {
    for (const [, filing, { pan }] of figured) {
      const withoutLosses = totalOfHeads(filing.incomeHeads!)! - n(lossSetOff.get(`${pan} ${filing.incomeYear}`));
      expect(Math.max(0, withoutLosses)).toBe(filing.grossTotalIncome);
      const net = n(filing.grossTotalIncome) - n(filing.deductions);
      expect(Math.abs(net - n(filing.totalIncome))).toBeLessThanOrEqual(500);
    }
  });

  it("is taxed by the rules", () => {
    for (const [, { incomeYear, regime, totalIncome, incomeHeads, tax, particulars }, { profile }] of figured) {
      if (n(incomeHeads?.capitalGains) > 0 || regime === "UNKNOWN") continue;
      const isSenior =
        profile.category === "Individual" && n(incomeYear) + 1 - Number(profile.dateOfBirth?.slice(0, 4)) > 60;
      const basis = { incomeYear, regime, ageTier: isSenior ? "FROM_60" : "BELOW_60" } as const;
      const bySlabs = slabTax(totalIncome!, basis, particulars?.farmIncomeForRate);
      expect(Math.abs(n(tax?.taxOnTotalIncome) - bySlabs)).toBeLessThanOrEqual(50);
    }
  });

  it("pays what it owes, or owes it still, or gets it back", () => {
    for (const [, { tax, taxesPaid, refund, demand }] of figured) {
      const { advanceTax, taxDeducted, taxCollected, selfAssessmentTax, total, balancePayable } = taxesPaid!;
      expect(n(total)).toBe(n(advanceTax) + n(taxDeducted) + n(taxCollected) + n(selfAssessmentTax));
      const over = n(total) - n(tax?.totalPayable);
      expect(Math.abs(over - (n(refund?.claimed) - n(balancePayable)))).toBeLessThanOrEqual(500);
      expect([0, n(balancePayable)]).toContain(demand);
    }
  });

  it("claims the very tax that the statement of credits counts", () => {
    for (const [, { incomeYear, taxesPaid }, { pan, taxCredits }] of figured) {
      const statement = taxCredits.find((each) => each.incomeYear === incomeYear);
      const credited = statement ? n(creditedTotal(statement)) : 0;
      expect(n(taxesPaid?.taxDeducted) + n(taxesPaid?.taxCollected)).toBe(credited + keptByClient(pan));
    }
  });

  it("has a history that ends in its status and in no future", () => {
    for (const [, { status, statusHistory, filedOn }] of returns) {
      const dates = statusHistory.map(({ occurredOn }) => occurredOn!);
      expect(statusHistory.at(-1)?.status).toBe(status);
      expect(dates).toEqual([...dates].sort());
      expect(dates[0]).toBe(filedOn);
      expect(dates.at(-1)! <= today).toBe(true);
    }
  });

  it("has labels that read as their statuses", () => {
    for (const event of returns.flatMap(([, { statusHistory }]) => statusHistory)) {
      expect([event.label, filingStatusFromLabel(event.label)]).toEqual([event.label, event.status]);
    }
  });

  it("has an acknowledgement number of its own that ends with its day", () => {
    for (const [, { acknowledgementNumber, filedOn }] of returns) {
      expect(filingDateHint(acknowledgementNumber!)).toBe(filedOn);
    }
    const numbers = returns.map(([, { acknowledgementNumber }]) => acknowledgementNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("is in the new regime when it is late", () => {
    const late = figured.filter(([, { kind, incomeYear }]) => kind === "BELATED" && incomeYear >= 2023);
    expect(late.map(([, { regime }]) => regime)).not.toContain("OLD");
  });

  it("stands in the order of years, newest first", () => {
    for (const { filings } of everyone) {
      const order = filings.map(({ incomeYear, filedOn }) => `${incomeYear} ${filedOn}`);
      expect(order).toEqual([...order].sort().reverse());
    }
  });
});
