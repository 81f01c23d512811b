import type { Word } from "../../src/domain";
import { checksOf } from "../../src/domain/checks";
import type { CalendarDate } from "../../src/domain/calendarDate";
import type { Filing, TaxParticulars } from "../../src/domain/filing/filing";
import { rupees } from "../../src/domain/rupees";
import { readItrJson } from "../../src/department";
import type { JsonObject } from "../../src/kernel/json";
import { withMember } from "./returns";

/** A return of a farmer with a trade, with the keys that the Department's form for 2025-26 has. */
const farming: JsonObject = {
  ITR: {
    ITR3: {
      Form_ITR3: { FormName: "ITR-3", AssessmentYear: "2025" },
      PartA_GEN1: {
        PersonalInfo: { Status: "I", DOB: "1979-06-02" },
        FilingStatus: {
          ReturnFileSec: 11,
          ItrFilingDueDate: "2025-07-31",
          OptOutNewTaxRegime_Form10IEA_AY24_25: "N",
          No_OptOutNewTaxReg: "N",
        },
      },
      PartA_GEN2: { AuditInfo: { LiableSec44AAflg: "Y", LiableSec44ABflg: "N", LiableSec92Eflg: "N" } },
      "PartB-TI": {
        ProfBusGain: { TotProfBusGain: 2_101_440 },
        CapGain: { TotalCapGains: 0 },
        IncFromOS: { TotIncFromOS: 0 },
        GrossTotalIncome: 2_101_440,
        DeductionsUndSchVIADtl: { TotDeductUndSchVIA: 0 },
        DeductionsUnder10Aor10AA: 0,
        TotalIncome: 2_101_440,
        IncChargeableTaxSplRates: 0,
        NetAgricultureIncomeOrOtherIncomeForRate: 110_000,
        AggregateIncome: 2_211_440,
      },
      PartB_TTI: {
        ComputationOfTaxLiability: {
          TaxPayableOnTI: {
            TaxAtNormalRatesOnAggrInc: 353_432,
            TaxAtSpecialRates: 0,
            RebateOnAgriInc: 5_500,
            TaxPayableOnTotInc: 347_932,
            Rebate87A: 0,
            TotalSurcharge: 0,
            EducationCess: 13_917,
            GrossTaxLiability: 361_849,
          },
          NetTaxLiability: 361_849,
        },
      },
    },
  },
};

function read(path?: string, member?: unknown): Filing {
  return readItrJson(path === undefined ? farming : withMember(farming, `ITR.ITR3.${path}`, member))!.filing;
}

function outcome(name: Word<"CheckName">, filing: Filing) {
  return checksOf(filing).find((check) => check.name === name)!.outcome;
}

describe("the particulars of a return", () => {
  it("are read where the form has them", () => {
    expect(read().particulars).toEqual({
      farmIncomeForRate: rupees(110_000),
      specialRateIncome: rupees(0),
      specialRateTax: rupees(0),
    });
  });

  it.each<[string, unknown, Partial<TaxParticulars>]>([
    ["PartA_GEN1.PersonalInfo.Status", "F", { isFirm: true }],
    ["ScheduleOS.IncOthThanOwnRaceHorse.DividendGross", 12_000, { dividend: rupees(12_000) }],
    [
      "ScheduleSI.SplCodeRateTax",
      [
        { SecCode: "1A", SplRatePercent: 15, SplRateInc: 7_853, SplRateIncTax: 1_178 },
        { SecCode: "2A", SplRatePercent: 10, SplRateInc: 90_000, SplRateIncTax: 0 },
        { SecCode: "21", SplRatePercent: 20, SplRateInc: 0, SplRateIncTax: 0 },
        { SecCode: "5BBE", SplRatePercent: 60, SplRateInc: 100, SplRateIncTax: 60 },
        { SecCode: "5BBH", SplRatePercent: 30, SplRateInc: 200, SplRateIncTax: 60 },
      ],
      {
        specialRates: [
          { section: "111A", income: rupees(7_853), tax: rupees(1_178) },
          { section: "112A", income: rupees(90_000), tax: rupees(0) },
          { section: "115BBE", income: rupees(100), tax: rupees(60) },
          { section: "OTHER", income: rupees(200), tax: rupees(60) },
        ],
      },
    ],
  ])("hold what stands at %s", (path, member, particulars) => {
    expect(read(path, member).particulars).toMatchObject(particulars);
  });
});

describe("a check of a return as it is filed", () => {
  it("passes the tax of a farmer", () => {
    expect(outcome("TAX_RECOMPUTED", read())).toBe("PASSED");
    expect(outcome("TAX_RECOMPUTED", read("PartB-TI.NetAgricultureIncomeOrOtherIncomeForRate", 0))).toBe("FAILED");
  });

  it("passes a total income that section 10AA lowers", () => {
    const total = { ...read("PartB-TI.DeductionsUnder10Aor10AA", 101_440), totalIncome: rupees(2_000_000) };
    expect(outcome("TOTAL_INCOME_ADDS_UP", total)).toBe("PASSED");
  });

  it("passes the day of a partner whose due date tells of the firm's audit", () => {
    const filing = read("PartA_GEN1.FilingStatus.ItrFilingDueDate", "2025-10-31");
    const on = (day: string) => outcome("FILED_IN_TIME", { ...filing, filedOn: day as CalendarDate });
    expect([on("2025-12-01"), on("2025-12-11")]).toEqual(["PASSED", "FAILED"]);
  });

  it("judges no tax of a firm", () => {
    expect(outcome("TAX_RECOMPUTED", read("PartA_GEN1.PersonalInfo.Status", "F"))).toBe("NOT_POSSIBLE");
  });
});
