import type { CalendarDate } from "../../../src/domain/calendarDate";
import { rupees, zeroRupees } from "../../../src/domain/rupees";
import { returnFile, type ReturnCase } from "./case";

const day = (text: string) => text as CalendarDate;

const noLosses = {
  setOffThisYear: zeroRupees,
  broughtForwardSetOff: zeroRupees,
  carriedForward: zeroRupees,
  entries: [],
};

const firmPerson = {
  AssesseeName: { SurNameOrOrgName: "TEESTA TRADERS" },
  PAN: "ZZZPA1234C",
  DOB: undefined,
  DateOFFormOrIncorp: "2012-06-01",
  StatusOrCompanyType: "1",
};

const firmTax = {
  PartB_TTI: {
    ComputationOfTaxLiability: {
      TaxPayableOnDeemedTI: { TaxDeemedTISec115JC: 0, EducationCess: 0 },
      TaxPayableOnTI: {
        TaxAtNormalRates: 900_000,
        TaxAtSpecialRates: 20_000,
        TaxPayableOnTotInc: 920_000,
        TotalSurcharge: 0,
        EducationCess: 36_800,
        GrossTaxLiability: 956_800,
      },
      GrossTaxPayable: 956_800,
      TaxRelief: { TotTaxRelief: 0 },
      NetTaxLiability: 956_800,
      IntrstPay: { IntrstPayUs234A: 0, IntrstPayUs234B: 12_000, IntrstPayUs234C: 3_200, LateFilingFee234F: 0 },
      AggregateTaxInterestLiability: 972_000,
    },
    TaxPaid: {
      TaxesPaid: { AdvanceTax: 600_000, TDS: 300_000, TCS: 0, SelfAssessmentTax: 72_000, TotalTaxesPaid: 972_000 },
      BalTaxPayable: 0,
    },
    Refund: {
      RefundDue: 0,
      BankAccountDtls: {
        AddtnlBankDetails: [{ IFSCCode: "INVB0000001", BankName: "Invented Bank", BankAccountNo: "00501234567890" }],
      },
    },
  },
};

function entity(form: "ITR5" | "ITR6", audit: object): ReturnCase["file"] {
  return returnFile(
    {
      form,
      year: 2024,
      person: firmPerson,
      filingStatus: { ReturnFileSec: 11, ResidentialStatus: "RES" },
      verifiedOn: "2024-11-12",
    },
    {
      ...audit,
      TradingAccount: { TotRevenueFrmOperations: 64_000_000, GrossProfitFrmBusProf: 9_000_000 },
      PARTA_PL: {
        DebitsToPL: {
          DebitPlAcnt: {
            InterestExpdrtDtls: { InterestExpdr: 1_100_000 },
            DepreciationAmort: 700_000,
            PBT: 2_900_000,
          },
          TaxProvAppr: { ProvForCurrTax: 960_000, ProvDefTax: -40_000 },
        },
      },
      CorpScheduleBP: { IncChrgUnHdProftGain: 3_000_000 },
      ScheduleCG: {
        ShortTermCapGain: { TotalSTCG: 0 },
        LongTermCapGain: { TotalLTCG: 100_000 },
        CurrYrLosses: { InLtcg20Per: { CurrYearIncome: 100_000 } },
      },
      ScheduleVIA: {
        UsrDeductUndChapVIA: { Section80G: 50_000, TotalChapVIADeductions: 50_000 },
        DeductUndChapVIA: { Section80G: 25_000, TotPartBchapterVIA: 25_000, TotalChapVIADeductions: 25_000 },
      },
      "PartB-TI": {
        IncomeFromHP: 0,
        ProfBusGain: { TotProfBusGain: 3_000_000 },
        CapGain: { LongTerm: { LongTerm20Per: 100_000, TotalLongTerm: 100_000 }, TotalCapGains: 100_000 },
        IncFromOS: { TotIncFromOS: 25_000 },
        CurrentYearLoss: 0,
        BroughtFwdLossesSetoff: 0,
        GrossTotalIncome: 3_125_000,
        DeductionsUndSchVIADtl: { TotDeductUndSchVIA: 25_000 },
        DeductionsUnder10Aor10AA: 0,
        TotalIncome: 3_100_000,
      },
      ScheduleOS: { IncOthThanOwnRaceHorse: { DividendGross: 25_000, InterestGross: 0 } },
      ...firmTax,
    },
  );
}

const entityTruth: ReturnCase["truth"] = {
  kind: "ORIGINAL",
  section: "139(1)",
  regime: "UNKNOWN",
  verifiedOn: day("2024-11-12"),
  residentialStatus: "RESIDENT",
  incomeHeads: {
    salary: null,
    houseProperty: zeroRupees,
    businessOrProfession: rupees(3_000_000),
    capitalGains: rupees(100_000),
    otherSources: rupees(25_000),
  },
  grossTotalIncome: rupees(3_125_000),
  deductions: rupees(25_000),
  totalIncome: rupees(3_100_000),
  tax: {
    taxOnTotalIncome: rupees(920_000),
    rebate: null,
    surcharge: zeroRupees,
    cess: rupees(36_800),
    grossTaxLiability: rupees(956_800),
    relief: zeroRupees,
    netTaxLiability: rupees(956_800),
    interest: rupees(15_200),
    lateFilingFee: zeroRupees,
    totalPayable: rupees(972_000),
  },
  taxesPaid: {
    advanceTax: rupees(600_000),
    taxDeducted: rupees(300_000),
    taxCollected: zeroRupees,
    selfAssessmentTax: rupees(72_000),
    total: rupees(972_000),
    balancePayable: zeroRupees,
  },
  salaries: [],
  houseProperties: [],
  business: {
    turnover: rupees(64_000_000),
    grossProfit: rupees(9_000_000),
    netProfit: rupees(2_900_000),
    taxOnProfit: rupees(920_000),
    depreciation: rupees(700_000),
    interestPaid: rupees(1_100_000),
    partnerships: [],
  },
  capitalGains: {
    shortTerm: zeroRupees,
    longTerm: rupees(100_000),
    exemptions: zeroRupees,
    gains: [{ term: "LONG", section: "112", ratePercent: 20, amount: rupees(100_000) }],
  },
  losses: noLosses,
  otherIncome: [{ kind: "DIVIDEND", amount: rupees(25_000) }],
  agriculturalIncome: zeroRupees,
  exemptIncome: zeroRupees,
  deductionsBySection: [{ section: "80G", claimed: rupees(50_000), allowed: rupees(25_000) }],
};

const firm: ReturnCase = {
  title: "ITR-5 of 2023-24, an audited firm",
  file: entity("ITR5", { PartA_GEN2: { LiableSec44ABflg: "Y", LiableSec92Eflg: "N" } }),
  truth: { ...entityTruth, form: "ITR_5", dueOn: day("2024-11-15") },
};

const company: ReturnCase = {
  title: "ITR-6 of 2023-24, a company with deals abroad",
  file: entity("ITR6", { PartA_GEN2For6: { LiableSec44ABflg: "Y", LiableSec92Eflg: "Y" } }),
  truth: { ...entityTruth, form: "ITR_6", dueOn: day("2024-12-15") },
};

export const firms: readonly ReturnCase[] = [firm, company];
