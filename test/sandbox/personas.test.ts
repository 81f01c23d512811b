import type { CalendarDate } from "../../src/domain/calendarDate";
import { standingFromLabel } from "../../src/domain/compliance";
import { type Filing, totalOfHeads } from "../../src/domain/filing/filing";
import { filingStatusFromLabel } from "../../src/domain/filing/filingStatus";
import { filingDateHint, holderTypeOf, readTan } from "../../src/domain/identifiers";
import type { Partnership } from "../../src/domain/filing/returnDetails";
import { addRupees, rupees, zeroRupees } from "../../src/domain/rupees";
import { creditedTotal } from "../../src/domain/statements/taxCredits";
import { slabTax, standardDeduction } from "../../src/domain/tax/taxRules";
import { readTdsSection } from "../../src/domain/statements/tdsSection";
import type { Persona } from "../../src/providers/persona";
import { personaOn, personasOn } from "../../src/sandbox/personas";

const days = ["2026-07-31", "2026-08-01", "2026-11-10", "2027-03-31", "2027-04-01", "2028-09-15"] as CalendarDate[];
const everyoneByDay = new Map(days.map((day) => [day, personasOn(day)]));

/** What losses of earlier years take from a later one. */
const lossSetOff = new Map(
  [2023, 2024, 2025].map((year, at) => [`ZZZPK9002B ${year}`, rupees([9, 11, 6][at]! * 100_000)]),
);

/** Tax that a client withheld on a fee of 40,000 and did not deposit. */
const keptByClient = (pan: string) => (pan === "ZZZPK9018T" ? rupees(4_000) : 0);
/** The second salary, which the return leaves out. */
const untoldSalary = (pan: string, year: number) =>
  pan === "ZZZPK9014P" ? rupees(180_000 + 6_000 * (year - 2020)) : 0;

const n = (amount: number | null | undefined) => amount ?? 0;

describe.each(days)("on %s, each persona's return", (today) => {
  const returns = (everyoneByDay.get(today) ?? []).flatMap((persona) =>
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
    for (const { filings } of everyoneByDay.get(today) ?? []) {
      const order = filings.map(({ incomeYear, filedOn }) => `${incomeYear} ${filedOn}`);
      expect(order).toEqual([...order].sort().reverse());
    }
  });
});

describe.each(days)("on %s, what others report", (today) => {
  const everyone = everyoneByDay.get(today) ?? [];

  it("agrees with what they have withheld", () => {
    for (const { informationStatements, taxCredits } of everyone) {
      for (const { incomeYear, deductors } of taxCredits) {
        const matched = deductors.flatMap(({ credits }) => credits).filter((c) => c.bookingStatus !== "UNMATCHED");
        const entries = informationStatements.find((each) => each.incomeYear === incomeYear)?.entries ?? [];
        const reported = entries.filter(({ part }) => part === "TAX_DEDUCTED_OR_COLLECTED");
        expect(addRupees(...reported.map(({ amount }) => amount ?? zeroRupees))).toBe(
          addRupees(...matched.map(({ amountPaid }) => amountPaid ?? zeroRupees)),
        );
      }
    }
  });

  it("is the salary of the return before its standard deduction", () => {
    for (const { pan, filings, informationStatements } of everyone) {
      for (const { incomeYear, regime, incomeHeads } of filings) {
        if (n(incomeHeads?.salary) === 0 || regime === "UNKNOWN") continue;
        const entries = informationStatements.find((each) => each.incomeYear === incomeYear)?.entries ?? [];
        const salaries = entries.filter(({ code }) => code === "TDS-192");
        const reported = addRupees(...salaries.map(({ amount }) => amount ?? zeroRupees));
        const told = reported - untoldSalary(pan, incomeYear);
        expect(told - n(incomeHeads?.salary)).toBe(standardDeduction({ incomeYear, regime }));
      }
    }
  });

  it("lies in no future", () => {
    for (const { taxCredits, informationStatements } of everyone) {
      const booked = taxCredits.flatMap(({ deductors }) => deductors.flatMap(({ credits }) => credits));
      const reported = informationStatements.flatMap(({ entries }) => entries);
      const dates = [...booked.map(({ bookedOn }) => bookedOn), ...reported.map(({ reportedOn }) => reportedOn)];
      expect(dates.filter((date) => date !== undefined && date > today)).toEqual([]);
    }
  });

  it("is told of deductors and sections that exist", () => {
    for (const deductor of everyone.flatMap(({ taxCredits }) => taxCredits.flatMap(({ deductors }) => deductors))) {
      if (deductor.tan !== undefined) expect(readTan(deductor.tan)).toBe(deductor.tan);
      for (const { section } of deductor.credits) expect(readTdsSection(section!)).toBe(section);
    }
  });

  it("has compliance labels that read as their standings", () => {
    for (const { compliance } of everyone) {
      if (compliance === undefined) continue;
      expect(standingFromLabel(compliance.standingLabel)).toBe(compliance.standing);
      expect(filingStatusFromLabel(compliance.filingStatusLabel!)).toBe(compliance.filingStatus);
    }
  });
});

describe("the cast", () => {
  const today = "2026-11-10" as CalendarDate;
  const everyone = everyoneByDay.get(today) ?? [];
  const filings = everyone.flatMap((persona) => persona.filings);

  it("has at least 24 people", () => {
    expect(new Set(everyone.map(({ pan }) => pan)).size).toBeGreaterThanOrEqual(24);
  });

  it("has PANs of the invented series, apart from the vendors' samples", () => {
    const others = everyone.map(({ pan }) => pan).filter((pan) => !/^ZZZ[PHFC]/.test(pan));
    expect(others).toEqual(["ABCDE1234F", "AABPM5678K", "EVXPD2019C"]);
  });

  it("has a family and a company under PANs that say so", () => {
    const kinds = everyone.map(({ pan }) => holderTypeOf(pan));
    expect(kinds).toEqual(expect.arrayContaining(["HINDU_UNDIVIDED_FAMILY", "COMPANY"]));
  });

  it.each(["ITR_1", "ITR_2", "ITR_3", "ITR_4", "ITR_5", "ITR_6"])("files %s", (form) => {
    expect(filings.map((filing) => filing.form)).toContain(form);
  });

  it.each(["ORIGINAL", "BELATED", "REVISED", "UPDATED"])("files %s returns", (kind) => {
    expect(filings.map((filing) => filing.kind)).toContain(kind);
  });

  it.each(["VERIFICATION_PENDING", "UNDER_PROCESSING", "PROCESSED", "REFUND_ISSUED", "DEMAND_RAISED", "DEFECTIVE"])(
    "has a return that is %s",
    (status) => {
      expect(filings.map((filing) => filing.status)).toContain(status);
    },
  );

  it.each(["VAULT", "LOCKED", "WRONG_PASSWORD", "SLOW", "SOURCE_DOWN", "OTP_NOT_SENT"])(
    "has somebody at a portal that is %s",
    (portal) => {
      expect(everyone.map((persona) => persona.portal)).toContain(portal);
    },
  );

  it("is the same whenever it is asked about the same day", () => {
    expect(personasOn(today)).toEqual(everyone);
  });

  it("has statements with all that readers trip over", () => {
    const statements = everyone.flatMap(({ taxCredits }) => taxCredits.flatMap(({ deductors }) => deductors));
    const credits = statements.flatMap((deductor) => deductor.credits);
    expect(credits.map(({ bookingStatus }) => bookingStatus)).toEqual(
      expect.arrayContaining(["UNMATCHED", "PROVISIONAL"]),
    );
    expect(credits.map(({ section }) => section)).toEqual(expect.arrayContaining(["194N", "206C(1F)"]));
    expect(credits.filter(({ taxDeposited }) => n(taxDeposited) < 0)).not.toEqual([]);
    expect(statements.filter(({ name }) => name?.includes("^"))).not.toEqual([]);
    expect(statements.filter(({ tan }) => tan === undefined)).not.toEqual([]);
    const codes = everyone.flatMap(({ informationStatements }) => informationStatements.map(({ entries }) => entries));
    const twice = codes.filter((entries) =>
      ["SFT-015", "TDS-194"].every((code) => entries.some((e) => e.code === code)),
    );
    expect(twice).not.toEqual([]);
  });
});

/** The returns of one persona in one year, newest first. */
function returnsOf(pan: string, incomeYear: number): readonly Filing[] {
  const persona = personaOn(pan, "2026-11-10" as CalendarDate);
  return persona?.filings.filter((filing) => filing.incomeYear === incomeYear) ?? [];
}

describe("somebody of the cast", () => {
  const today = "2026-11-10" as CalendarDate;

  it("with two employers owes tax, with interest on what was not paid in advance", () => {
    const [{ tax, taxesPaid }] = returnsOf("ZZZPK9001A", 2025) as [Filing];
    expect(n(tax?.interest)).toBeGreaterThan(0);
    expect(n(taxesPaid?.selfAssessmentTax)).toBe(n(tax?.totalPayable) - n(taxesPaid?.taxDeducted));
  });

  it("who traded at a loss has an income of nothing in that year", () => {
    const [{ grossTotalIncome, incomeHeads }] = returnsOf("ZZZPK9002B", 2022) as [Filing];
    expect([incomeHeads?.businessOrProfession, grossTotalIncome]).toEqual([rupees(-1_200_000), 0]);
  });

  it.each([
    ["ZZZPK9003C", "a partner", "ITR_3"],
    ["ZZZFK9004D", "a firm", "ITR_5"],
    ["ZZZPK9005E", "a proprietor", "ITR_3"],
    ["ZZZPK9006F", "a farmer", "ITR_3"],
    ["ZZZPK9008H", "a trader of virtual assets", "ITR_2"],
  ])("files the form of their kind: %s, %s, %s", (pan, _kind, form) => {
    expect(returnsOf(pan, 2025).map((filing) => filing.form)).toEqual([form]);
  });

  it("who is a partner has until the day of audited accounts", () => {
    expect(returnsOf("ZZZPK9003C", 2024).map(({ dueOn }) => dueOn)).toEqual(["2025-12-10"]);
  });

  it("who keeps books has a turnover that GST tells", () => {
    const statements = personaOn("ZZZPK9005E", today)!.informationStatements;
    const entries = statements.find(({ incomeYear }) => incomeYear === 2024)!.entries;
    expect(entries.find(({ code }) => code === "EXC-GSTR3B")?.amount).toBe(rupees(23_000_000));
  });

  it("who sold land is taxed on what section 54B leaves of the gain", () => {
    const [{ particulars }] = returnsOf("ZZZPK9007G", 2024) as [Filing];
    expect(particulars).toMatchObject({ specialRateIncome: rupees(178_000), specialRateTax: rupees(22_250) });
  });

  it("with a family pension has a part of it free", () => {
    const [{ incomeHeads }] = returnsOf("ZZZPK9009J", 2025) as [Filing];
    // Three lakh and sixty thousand less 25,000, and a deposit's interest.
    expect(incomeHeads?.otherSources).toBe(rupees(335_000 + 150_000));
  });

  it("with two employers has both in the return", () => {
    const [{ salaries, incomeHeads }] = returnsOf("ZZZPK9001A", 2025) as [Filing];
    expect(salaries).toHaveLength(2);
    const gross = addRupees(...salaries!.map((each) => each.gross!));
    expect(gross).toBe(addRupees(incomeHeads!.salary!, rupees(75_000)));
  });

  // 18 lakh were lost, of which interest took two, and then 12 lakh, of which it took two as well.
  it.each([
    [2021, [[2021, 16]]],
    [
      2022,
      [
        [2021, 16],
        [2022, 10],
      ],
    ],
    [
      2023,
      [
        [2021, 7],
        [2022, 10],
      ],
    ],
    [2024, [[2022, 6]]],
    [2025, []],
  ])("who lost with derivatives carries on after %d: %j", (year, left) => {
    const [{ losses }] = returnsOf("ZZZPK9002B", year) as [Filing];
    expect(losses!.entries.map((entry) => [entry.incomeYear, entry.amount / 10_000_000])).toEqual(left);
    expect(losses!.carriedForward).toBe(addRupees(...losses!.entries.map(({ amount }) => amount)));
  });

  it("who is a partner has the firm's pay taxed, with the share of profit exempt", () => {
    const [{ business, exemptIncome, incomeHeads }] = returnsOf("ZZZPK9003C", 2025) as [Filing];
    const [{ firm, remuneration, interest, profitShare }] = business!.partnerships as [Partnership];
    expect(firm).toBe(personaOn("ZZZFK9004D", today)!.profile.name);
    expect(addRupees(remuneration!, interest!)).toBe(incomeHeads!.businessOrProfession);
    expect(exemptIncome).toBe(profitShare);
  });

  it("that is a firm pays thirty per cent with cess, without a regime", () => {
    const [{ form, regime, totalIncome, tax, business }] = returnsOf("ZZZFK9004D", 2025) as [Filing];
    expect([form, regime]).toEqual(["ITR_5", "UNKNOWN"]);
    expect(Math.abs(n(tax?.grossTaxLiability) - n(totalIncome) * 0.312)).toBeLessThanOrEqual(200);
    expect(business?.taxOnProfit).toBe(tax?.grossTaxLiability);
  });

  it("who keeps books has the turnover of GST in them, with less profit", () => {
    const [{ business, incomeHeads }] = returnsOf("ZZZPK9005E", 2024) as [Filing];
    expect(business).toMatchObject({ turnover: rupees(23_000_000), netProfit: incomeHeads?.businessOrProfession });
    expect(n(business?.grossProfit)).toBeGreaterThan(n(business?.netProfit) + n(business?.depreciation));
  });

  it("who sold land says how much of the gain is exempt", () => {
    const [{ capitalGains }] = returnsOf("ZZZPK9007G", 2024) as [Filing];
    expect(capitalGains).toEqual({
      shortTerm: 0,
      longTerm: rupees(178_000),
      exemptions: rupees(21_400_000),
      gains: [{ term: "LONG", section: "112", ratePercent: 12.5, amount: rupees(178_000) }],
    });
  });

  it.each([
    ["ZZZPD4002B", "shares", ["111A", "112A"]],
    ["ZZZPK9008H", "virtual assets", ["115BBH"]],
  ])("names the sections of gains: %s, %s", (pan, _what, sections) => {
    const [{ capitalGains }] = returnsOf(pan, 2025) as [Filing];
    expect(capitalGains?.gains.map(({ section }) => section)).toEqual(sections);
  });

  it("who gave to parties names the sections of the deductions", () => {
    const [{ deductionsBySection, deductions }] = returnsOf("ZZZPK9011L", 2025) as [Filing];
    expect(deductionsBySection?.map(({ section }) => section)).toEqual(["80C", "80GGC"]);
    expect(addRupees(...deductionsBySection!.map(({ allowed }) => allowed!))).toBe(deductions);
  });

  it("who lets a house at a loss names rent with interest", () => {
    const [{ houseProperties, incomeHeads }] = returnsOf("ZZZPD4001A", 2025) as [Filing];
    expect(houseProperties).toMatchObject([{ use: "LET_OUT", interestOnLoan: rupees(790_000) }]);
    expect(houseProperties![0]!.income).toBe(incomeHeads?.houseProperty);
  });

  it("who updates a return pays a quarter on top of what is due", () => {
    const [{ update, taxesPaid }, original] = returnsOf("ZZZPG6003C", 2023) as [Filing, Filing];
    const due = n(taxesPaid?.selfAssessmentTax) - n(original.taxesPaid?.selfAssessmentTax);
    expect(due).toBeGreaterThan(0);
    expect(update).toMatchObject({ reasons: ["INCOME_NOT_REPORTED"], balancePayable: 0 });
    expect(Math.abs(n(update?.additionalTax) - due / 4)).toBeLessThanOrEqual(100);
    expect(n(update?.taxPaid)).toBe(due + n(update?.additionalTax));
  });

  it("who files two years on one day files the later one belated", () => {
    const both = [...returnsOf("ZZZPK9010K", 2024), ...returnsOf("ZZZPK9010K", 2023)];
    expect(both.map(({ kind, filedOn }) => [kind, filedOn])).toEqual([
      ["BELATED", "2025-12-22"],
      ["UPDATED", "2025-12-22"],
    ]);
  });

  it("who gave to parties deducts more than half of the income", () => {
    const [{ deductions, grossTotalIncome, refund }] = returnsOf("ZZZPK9011L", 2025) as [Filing];
    expect(n(deductions)).toBeGreaterThan(n(grossTotalIncome) / 2);
    expect(n(refund?.claimed)).toBeGreaterThan(rupees(300_000));
  });

  it("who discarded a return files another one late", () => {
    const filings = returnsOf("ZZZPK9012M", 2025);
    expect(filings.map(({ kind, statusHistory }) => [kind, statusHistory.at(-1)?.label])).toEqual([
      ["BELATED", expect.stringContaining("Processed")],
      ["ORIGINAL", "Return discarded by the taxpayer, invalid"],
    ]);
  });

  it("who leaves interest out has it reported by a bank", () => {
    const entries = personaOn("ZZZPK9013N", today)!.informationStatements[1]!.entries;
    expect(entries.find(({ code }) => code === "SFT-016(TD)")?.amount).toBe(rupees(38_500));
    expect(returnsOf("ZZZPK9013N", 2025)[0]?.incomeHeads?.otherSources).toBe(0);
  });

  it("files on another day of the last weeks each year", () => {
    const days = personaOn("ZZZPA1001A", today)!.filings.map(({ filedOn, dueOn }) => {
      return (Date.parse(dueOn!) - Date.parse(filedOn!)) / 86_400_000;
    });
    expect(new Set(days).size).toBeGreaterThan(2);
    expect(days.every((before) => before >= 0 && before < 60)).toBe(true);
  });

  it("who draws cash pays on what exceeds a crore", () => {
    const credits = personaOn("ZZZPC3002B", today)!.taxCredits[1]!.deductors.flatMap((deductor) => deductor.credits);
    const ofCash = credits.filter(({ section }) => section === "194N");
    expect(addRupees(...ofCash.map(({ taxDeposited }) => taxDeposited ?? zeroRupees))).toBe(rupees(40_000));
  });
});
