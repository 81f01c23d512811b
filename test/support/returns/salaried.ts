import type { CalendarDate } from "../../../src/domain/calendarDate";
import { rupees, zeroRupees } from "../../../src/domain/rupees";
import { employerRow, returnFile, type ReturnCase } from "./case";

const day = (text: string) => text as CalendarDate;

const twoEmployers: ReturnCase = {
  title: "ITR-1 of 2024-25, two employers in the old regime",
  file: returnFile(
    {
      form: "ITR1",
      year: 2025,
      filingStatus: { ReturnFileSec: 11, OptOutNewTaxRegime: "Y", ItrFilingDueDate: "2025-09-15" },
      verifiedOn: "2025-08-30",
    },
    {
      ITR1_IncomeDeductions: {
        GrossSalary: 1_450_000,
        DeductionUs16: 52_500,
        DeductionUs16ia: 50_000,
        ProfessionalTaxUs16iii: 2_500,
        IncomeFromSal: 1_397_500,
        TypeOfHP: "S",
        GrossRentReceived: 0,
        InterestPayable: 180_000,
        TotalIncomeOfHP: -180_000,
        IncomeOthSrc: 46_800,
        OthersInc: {
          OthersIncDtlsOthSrc: [
            { OthSrcNatureDesc: "SAV", OthSrcOthAmount: 8_000 },
            { OthSrcNatureDesc: "IFD", OthSrcOthAmount: 31_500 },
            { OthSrcNatureDesc: "TAX", OthSrcOthAmount: 1_300 },
            { OthSrcNatureDesc: "DIV", OthSrcOthAmount: 6_000 },
          ],
        },
        GrossTotIncome: 1_264_300,
        GrossTotIncomeIncLTCG112A: 1_284_300,
        UsrDeductUndChapVIA: {
          Section80C: 160_000,
          Section80CCD1B: 50_000,
          Section80D: 25_000,
          Section80GGC: 300_000,
          Section80TTA: 8_000,
          TotalChapVIADeductions: 543_000,
        },
        DeductUndChapVIA: {
          Section80C: 150_000,
          Section80CCD1B: 50_000,
          Section80D: 25_000,
          Section80GGC: 300_000,
          Section80TTA: 8_000,
          TotalChapVIADeductions: 533_000,
        },
        TotalIncome: 731_300,
        ExemptIncAgriOthUs10: {
          ExemptIncAgriOthUs10Dtls: [
            { NatureDesc: "AGRI", OthAmount: 4_800 },
            { NatureDesc: "OTH", OthNatOfInc: "PPF", OthAmount: 21_200 },
          ],
          ExemptIncAgriOthUs10Total: 26_000,
        },
      },
      LTCG112A: { TotSaleCnsdrn: 120_000, TotCstAcqisn: 100_000, LongCap112A: 20_000 },
      TDSonSalaries: {
        TDSonSalary: [
          employerRow("BLRN90001A", "NILGIRI SOFTWARE PRIVATE LIMITED", 600_000, 30_000),
          employerRow("PNES90002B", "SAHYADRI MOTORS LIMITED", 850_000, 42_000),
        ],
        TotalTDSonSalaries: 72_000,
      },
    },
  ),
  truth: {
    form: "ITR_1",
    kind: "ORIGINAL",
    regime: "OLD",
    dueOn: day("2025-09-16"),
    verifiedOn: day("2025-08-30"),
    residentialStatus: "RESIDENT",
    incomeHeads: {
      salary: rupees(1_397_500),
      houseProperty: rupees(-180_000),
      businessOrProfession: null,
      capitalGains: rupees(20_000),
      otherSources: rupees(46_800),
    },
    grossTotalIncome: rupees(1_284_300),
    deductions: rupees(533_000),
    totalIncome: rupees(731_300),
    salaries: [
      {
        employer: "NILGIRI SOFTWARE PRIVATE LIMITED",
        tan: "BLRN90001A",
        gross: rupees(600_000),
        taxDeducted: rupees(30_000),
      },
      { employer: "SAHYADRI MOTORS LIMITED", tan: "PNES90002B", gross: rupees(850_000), taxDeducted: rupees(42_000) },
    ],
    houseProperties: [
      { use: "SELF_OCCUPIED", grossRent: zeroRupees, interestOnLoan: rupees(180_000), income: rupees(-180_000) },
    ],
    business: undefined,
    capitalGains: {
      shortTerm: zeroRupees,
      longTerm: rupees(20_000),
      exemptions: zeroRupees,
      gains: [{ term: "LONG", section: "112A", ratePercent: 12.5, amount: rupees(20_000) }],
    },
    losses: {
      setOffThisYear: rupees(180_000),
      broughtForwardSetOff: zeroRupees,
      carriedForward: zeroRupees,
      entries: [],
    },
    otherIncome: [
      { kind: "INTEREST", amount: rupees(39_500) },
      { kind: "REFUND_INTEREST", amount: rupees(1_300) },
      { kind: "DIVIDEND", amount: rupees(6_000) },
    ],
    agriculturalIncome: rupees(4_800),
    exemptIncome: rupees(26_000),
    deductionsBySection: [
      { section: "80C", claimed: rupees(160_000), allowed: rupees(150_000) },
      { section: "80CCD(1B)", claimed: rupees(50_000), allowed: rupees(50_000) },
      { section: "80D", claimed: rupees(25_000), allowed: rupees(25_000) },
      { section: "80GGC", claimed: rupees(300_000), allowed: rupees(300_000) },
      { section: "80TTA", claimed: rupees(8_000), allowed: rupees(8_000) },
    ],
    update: undefined,
  },
};

const updated: ReturnCase = {
  title: "ITR-1 of 2022-23 as an updated return",
  file: returnFile(
    {
      form: "ITR1",
      year: 2023,
      filingStatus: { ReturnFileSec: 21, NewTaxRegime: "N" },
      verifiedOn: "2025-03-20",
    },
    {
      PartA_139_8A: {
        AssessmentYear: "2023",
        PreviouslyFiledForThisAY: "Y",
        UpdatingInc: {
          ReasonsForUpdatingIncDtls: [{ ReasonsForUpdatingIncome: "2" }, { ReasonsForUpdatingIncome: "OTH" }],
        },
        UpdatedReturnDuringPeriod: "1",
      },
      "PartB-ATI": {
        UpdatedTotInc: 950_000,
        AmtPayable: 23_400,
        FeeIncUS234F: 0,
        AggrLiabilityNoRefund: 23_400,
        AddtnlIncTax: 5_850,
        NetPayable: 29_250,
        TaxUS140B: 29_250,
        TaxDue10_11: 0,
      },
      ITR1_IncomeDeductions: {
        GrossSalary: 0,
        IncomeFromSal: 0,
        TotalIncomeOfHP: 0,
        IncomeOthSrc: 950_000,
        OthersInc: {
          OthersIncDtlsOthSrc: [
            { OthSrcNatureDesc: "FAP", OthSrcOthAmount: 900_000 },
            { OthSrcNatureDesc: "OTH", OthSrcOthAmount: 50_000 },
          ],
        },
        GrossTotIncome: 950_000,
        UsrDeductUndChapVIA: { TotalChapVIADeductions: 0 },
        DeductUndChapVIA: { TotalChapVIADeductions: 0 },
        TotalIncome: 950_000,
      },
      ITR1_TaxComputation: { NetTaxLiability: 106_600, TotTaxPlusIntrstPay: 109_400 },
      TaxPaid: {
        TaxesPaid: { AdvanceTax: 0, TDS: 86_000, TCS: 0, SelfAssessmentTax: 0, TotalTaxesPaid: 86_000 },
        BalTaxPayable: 23_400,
      },
      Refund: { RefundDue: 0 },
    },
  ),
  truth: {
    form: "ITR_1",
    kind: "UPDATED",
    regime: "OLD",
    dueOn: day("2023-07-31"),
    verifiedOn: day("2025-03-20"),
    residentialStatus: "RESIDENT",
    taxesPaid: {
      advanceTax: zeroRupees,
      taxDeducted: rupees(86_000),
      taxCollected: zeroRupees,
      selfAssessmentTax: rupees(23_400),
      total: rupees(109_400),
      balancePayable: zeroRupees,
    },
    salaries: [],
    houseProperties: [],
    business: undefined,
    capitalGains: undefined,
    losses: {
      setOffThisYear: zeroRupees,
      broughtForwardSetOff: zeroRupees,
      carriedForward: zeroRupees,
      entries: [],
    },
    otherIncome: [
      { kind: "FAMILY_PENSION", amount: rupees(900_000) },
      { kind: "OTHER", amount: rupees(50_000) },
    ],
    agriculturalIncome: zeroRupees,
    exemptIncome: zeroRupees,
    deductionsBySection: [],
    update: {
      reasons: ["INCOME_NOT_REPORTED", "OTHER"],
      additionalTax: rupees(5_850),
      netPayable: rupees(29_250),
      taxPaid: rupees(29_250),
      balancePayable: zeroRupees,
    },
  },
};

export const salaried: readonly ReturnCase[] = [twoEmployers, updated];
