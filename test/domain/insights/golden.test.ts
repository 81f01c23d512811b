import { canonicalPolicy, flawOfPolicy, printRupees, rupees, standardPolicy, type Filing } from "../../../src/domain";
import { business, heads, insightsOf, returnOf, salaryOf } from "./returns";

const lakh = 100_000;

const cashProfit = returnOf(2024, {
  business: business({
    netProfit: rupees(24 * lakh),
    taxOnProfit: rupees(2 * lakh),
    depreciation: rupees(225_000),
    interestPaid: rupees(125_000),
    partnerships: [{ profitShare: null, remuneration: rupees(150_000), interest: rupees(120_000), capital: null }],
  }),
});

const grossProfit = returnOf(2024, {
  business: business({ grossProfit: rupees(35 * lakh), turnover: rupees(200 * lakh) }),
});

function amounts(filings: readonly Filing[], policy: Parameters<typeof insightsOf>[1]) {
  const { assessable, assessableMonthly } = insightsOf(filings, policy);
  return [assessable, assessableMonthly].map(({ amount, state }) => `${amount && printRupees(amount)} ${state}`);
}

describe("The golden cases", () => {
  test("cash profit adds back what costs no cash", () => {
    expect(amounts([cashProfit], { businessBasis: "CASH_PROFIT" })).toEqual([
      "₹28,20,000.00 KNOWN",
      "₹2,35,000.00 KNOWN",
    ]);
  });

  test("gross profit counts up to a share of the turnover", () => {
    expect(amounts([grossProfit], { businessBasis: "GROSS_PROFIT" })).toEqual([
      "₹35,00,000.00 KNOWN",
      "₹2,91,666.00 KNOWN",
    ]);
  });

  test("a growth cap holds the latest year to a multiple of the one before", () => {
    const filings = [salaryOf(2024, 16 * lakh), salaryOf(2023, 10 * lakh)];
    expect(amounts(filings, { averaging: "LATEST", growthCap: 1.25 })[0]).toBe("₹12,50,000.00 KNOWN");
  });

  test("years that rise count with their mean", () => {
    const filings = [9, 8, 7].map((salary, back) => salaryOf(2024 - back, salary * lakh));
    expect(amounts(filings, {})[0]).toBe("₹8,00,000.00 KNOWN");
  });

  test("years that fall count with the latest", () => {
    const filings = [7, 8, 9].map((salary, back) => salaryOf(2024 - back, salary * lakh));
    expect(amounts(filings, {})[0]).toBe("₹7,00,000.00 KNOWN");
  });
});

describe("A figure", () => {
  const head = rupees(9 * lakh);

  test("is flagged where the head of salary stands in for employers that are not told", () => {
    const reported = returnOf(2024, { salaries: undefined, incomeHeads: heads({ salary: head }) });
    const [year] = insightsOf([reported]).years;
    expect(year?.salary).toMatchObject({
      amount: head,
      state: "FLAGGED",
      basis: ["filings.2025-26.incomeHeads.salary"],
      missing: ["filings.2025-26.salaries"],
    });
  });

  test("is not possible where neither head nor employers are told", () => {
    const reported = returnOf(2024, { salaries: undefined, incomeHeads: undefined });
    const { assessable } = insightsOf([reported]);
    expect(assessable).toMatchObject({ amount: null, state: "NOT_POSSIBLE" });
    expect(assessable.missing).toContain("filings.2025-26.salaries");
  });

  test("is 0 where the form has no place for the income", () => {
    const reported = returnOf(2024, { form: "ITR_1", incomeHeads: { ...heads({}), businessOrProfession: null } });
    const [year] = insightsOf([reported], { businessBasis: "CASH_PROFIT" }).years;
    expect(year?.business).toMatchObject({ amount: 0, state: "KNOWN" });
  });

  test("counts cash profit without a depreciation that is not told, flagged", () => {
    const reported = returnOf(2024, {
      business: business({ netProfit: rupees(lakh), interestPaid: rupees(0), depreciation: null }),
    });
    const [year] = insightsOf([reported], { businessBasis: "CASH_PROFIT" }).years;
    expect(year?.business).toMatchObject({
      amount: rupees(lakh),
      state: "FLAGGED",
      missing: ["filings.2025-26.business.depreciation"],
    });
  });

  test("of rent is 0 for an own house with a loan", () => {
    const reported = returnOf(2024, {
      houseProperties: undefined,
      incomeHeads: heads({ houseProperty: rupees(-200_000) }),
    });
    expect(insightsOf([reported]).years[0]?.rent).toMatchObject({ amount: 0, state: "KNOWN" });
  });

  test("of rent counts the policy's share of the gross rents", () => {
    const reported = returnOf(2024, {
      houseProperties: [
        { use: "LET_OUT", grossRent: rupees(300_001), interestOnLoan: null, income: null },
        { use: "DEEMED_LET_OUT", grossRent: null, interestOnLoan: null, income: rupees(50_000) },
      ],
    });
    const [year] = insightsOf([reported], { rentShare: 0.7 }).years;
    expect(year?.rent).toMatchObject({ amount: rupees(300_001) * 0.7, state: "KNOWN" });
    expect(year?.excluded).toEqual([{ what: "DEEMED", amount: rupees(50_000) }]);
  });

  test("of other income is the mean of two years, each kind by itself", () => {
    const otherOf = (year: number, interest: number) =>
      returnOf(year, {
        otherIncome: [
          { kind: "INTEREST", amount: rupees(interest) },
          { kind: "LOTTERY", amount: rupees(lakh) },
        ],
      });
    const [year] = insightsOf([otherOf(2024, 10_001), otherOf(2023, 20_000)]).years;
    expect(year?.other).toMatchObject({ amount: 15_000_50, state: "KNOWN" });
    expect(year?.excluded).toEqual([{ what: "LOTTERY", amount: rupees(lakh) }]);
  });

  test("of other income is held to a multiple of the business", () => {
    const reported = returnOf(2024, {
      incomeHeads: heads({ businessOrProfession: rupees(lakh) }),
      otherIncome: [{ kind: "INTEREST", amount: rupees(2 * lakh) }],
    });
    expect(insightsOf([reported], { otherIncomeCap: 0.5 }).years[0]?.other.amount).toBe(rupees(50_000));
  });

  test("is flagged where its return fails a serious check", () => {
    const reported = { ...salaryOf(2024, 9 * lakh), grossTotalIncome: rupees(20 * lakh) };
    const { assessable } = insightsOf([reported]);
    expect(assessable).toMatchObject({
      state: "FLAGGED",
      doubts: [{ kind: "CHECK_FAILED", check: "HEADS_ADD_UP", place: "filings.2025-26" }],
    });
  });

  test("is flagged for a year that nobody could tell of", () => {
    const { assessable } = insightsOf([salaryOf(2023, 9 * lakh)], {}, { untold: [2024 as never] });
    expect(assessable).toMatchObject({ state: "FLAGGED", missing: ["filings.2025-26"] });
  });
});

describe("A trend", () => {
  test("has no growth across a gap", () => {
    const { trend, punctuality } = insightsOf([salaryOf(2024, 12 * lakh), salaryOf(2022, 10 * lakh)]);
    expect(trend.growth.map(({ ratio }) => ratio)).toEqual([null, null]);
    expect(trend.cagr).toBeNull();
    expect(punctuality.missing).toEqual([2023]);
  });

  test("is stable where the years hardly differ", () => {
    const { trend } = insightsOf([salaryOf(2024, 11 * lakh), salaryOf(2023, 10 * lakh)]);
    expect(trend.cagr).toBeCloseTo(0.1, 9);
    expect(trend.variation).toBeCloseTo(0.5 / 10.5, 9);
    expect(trend.stability).toBe("STABLE");
  });
});

describe("A policy", () => {
  test("with RECEIPTS needs a multiple", () => {
    expect(flawOfPolicy({ ...standardPolicy, businessBasis: "RECEIPTS" })?.field).toBe("receiptsMultiple");
  });

  test.each([
    ["years", { years: 8 }],
    ["years", { years: 1.5 }],
    ["rentShare", { rentShare: 1.1 }],
    ["grossProfitShare", { grossProfitShare: NaN }],
    ["growthCap", { growthCap: 0 }],
    ["otherIncomeCap", { otherIncomeCap: -1 }],
    ["name", { name: " " }],
  ])("is refused for its %s", (field, wrong) => {
    expect(flawOfPolicy({ ...standardPolicy, ...wrong })?.field).toBe(field);
  });

  test("has one canonical text", () => {
    expect(canonicalPolicy({ ...standardPolicy, growthCap: undefined })).toBe(
      '{"agriculturalShare":0,"averaging":"MEAN_IF_RISING_ELSE_LATEST","businessBasis":"DECLARED","grossProfitShare":0.2,' +
        '"name":"Standard","rentShare":1,"version":"1","years":3}',
    );
  });
});
