import type { CalendarDate } from "../../src/domain/calendarDate";
import fc from "../support/fuzz";
import {
  assessmentYearLabel,
  incomeYearFromAssessmentYear,
  incomeYearFromAssessmentYearStart,
  incomeYearFromFinancialYear,
  incomeYearFromTaxYear,
  incomeYearLabel,
  incomeYearStarting,
  latestIncomeYears,
  taxPeriodOf,
} from "../../src/domain/taxPeriod";

const years2017To2035 = Array.from({ length: 19 }, (_, index) => incomeYearStarting(2017 + index)!);
const anyIncomeYear = fc.integer({ min: 2000, max: 2099 }).map((start) => incomeYearStarting(start)!);
const readers = [incomeYearFromAssessmentYear, incomeYearFromFinancialYear, incomeYearFromTaxYear];

describe("a year's label", () => {
  it("means different income years as an assessment year or as a tax year", () => {
    const readings = [incomeYearFromAssessmentYear("2026-27"), incomeYearFromTaxYear("2026-27")];
    expect(readings).toEqual([2025, 2026]);
  });

  it.each(readers)("is read alike in its short form or its long form (%p)", (read) => {
    for (const start of years2017To2035) {
      expect(read(`${start}-${start + 1}`)).toBe(read(`${start}-${String(start + 1).slice(2)}`));
    }
  });

  it.each(readers)("names two consecutive years (%p)", (read) => {
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2110 }), fc.integer({ min: 0, max: 9999 }), (first, second) => {
        fc.pre(second !== first + 1);
        expect(read(`${first}-${String(second).padStart(4, "0")}`)).toBeUndefined();
      }),
    );
  });

  it.each(["2024", "2024-24", "2024-26", "2024-2026", "24-25", "2024/25", "2024-025", "AY 2024-25", "2024-25-26", ""])(
    "is not %j",
    (label) => {
      expect(readers.map((read) => read(label))).toEqual([undefined, undefined, undefined]);
    },
  );

  it.each(["2024–25", "2024—25", "2024‑25", "2024−25", "2024 - 25", "2024\u00a0–\u00a02025"])(
    "is read with the dash of %j",
    (label) => {
      expect([incomeYearFromAssessmentYear(label), incomeYearFromFinancialYear(label)]).toEqual([2023, 2024]);
    },
  );

  it("is read across a turn of the century", () => {
    expect(incomeYearFromFinancialYear("2099-00")).toBe(2099);
  });

  it("is refused before the income year 2000", () => {
    expect(incomeYearFromAssessmentYear("2000-01")).toBeUndefined();
  });

  it("is refused after the income year 2099", () => {
    expect(incomeYearFromFinancialYear("2100-01")).toBeUndefined();
  });

  it("answers any text at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readers.map((read) => read(text))).toEqual(Array(3).fill(undefined));
      }),
    );
  });
});

describe("an assessment year", () => {
  it("comes one year after the income", () => {
    expect(incomeYearFromAssessmentYear("2025-26")).toBe(2024);
  });

  it("is read from the single year it starts in", () => {
    expect(incomeYearFromAssessmentYearStart("2025")).toBe(incomeYearFromAssessmentYear("2025-26"));
  });

  it.each(["2025-26", "25", "20255", "AY25", ""])("does not start in %j", (text) => {
    expect(incomeYearFromAssessmentYearStart(text)).toBeUndefined();
  });

  it("can be named for every income year", () => {
    fc.assert(
      fc.property(anyIncomeYear, (incomeYear) => {
        expect(incomeYearFromAssessmentYear(assessmentYearLabel(incomeYear))).toBe(incomeYear);
      }),
    );
  });

  it("is the last one for the income of 2025-26", () => {
    expect(taxPeriodOf(incomeYearStarting(2025)!).assessmentYear).toBe("2026-27");
  });

  it("does not exist for the income of 2026-27", () => {
    expect(taxPeriodOf(incomeYearStarting(2026)!).assessmentYear).toBeUndefined();
  });
});

describe("a tax year", () => {
  it("exists only from 2026-27 on", () => {
    expect(years2017To2035.find((year) => taxPeriodOf(year).taxYear !== undefined)).toBe(2026);
  });

  it("is not read before 2026-27", () => {
    expect(incomeYearFromTaxYear("2025-26")).toBeUndefined();
  });
});

describe("an income year", () => {
  it("has either an assessment year or a tax year", () => {
    for (const year of years2017To2035) {
      const { assessmentYear, taxYear } = taxPeriodOf(year);
      const names = [assessmentYear, taxYear].filter((name) => name !== undefined);
      expect(names).toHaveLength(1);
    }
  });

  it("reads back from the name it has", () => {
    for (const year of years2017To2035) {
      const { assessmentYear, taxYear } = taxPeriodOf(year);
      const read =
        taxYear === undefined ? incomeYearFromAssessmentYear(assessmentYear!) : incomeYearFromTaxYear(taxYear);
      expect(read).toBe(year);
    }
  });

  it("reads back from its own label", () => {
    fc.assert(
      fc.property(anyIncomeYear, (year) => {
        expect(incomeYearFromFinancialYear(incomeYearLabel(year))).toBe(year);
      }),
    );
  });

  it("runs from April to March", () => {
    expect(taxPeriodOf(incomeYearStarting(2024)!)).toEqual({
      incomeYear: "2024-25",
      assessmentYear: "2025-26",
      startsOn: "2024-04-01",
      endsOn: "2025-03-31",
    });
  });

  it("has no assessment year in its period once tax years have begun", () => {
    expect(taxPeriodOf(incomeYearStarting(2026)!)).toEqual({
      incomeYear: "2026-27",
      taxYear: "2026-27",
      startsOn: "2026-04-01",
      endsOn: "2027-03-31",
    });
  });

  it.each([1999, 2100, 2024.5, NaN])("does not start in %p", (calendarYear) => {
    expect(incomeYearStarting(calendarYear)).toBeUndefined();
  });
});

describe("the latest years of income", () => {
  it.each([
    ["2026-03-31", [2024, 2023, 2022]],
    ["2026-04-01", [2025, 2024, 2023]],
    ["2026-12-31", [2025, 2024, 2023]],
  ])("are over on %s", (day, years) => {
    expect(latestIncomeYears(3, day as CalendarDate)).toEqual(years);
  });
});
