import { type CalendarDate, type Filing, type Partnership, addRupees, rupees, zeroRupees } from "../../../src/domain";
import { personaOn } from "../../../src/sandbox/personas";
import { n } from "./days";

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
