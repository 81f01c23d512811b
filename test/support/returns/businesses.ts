import type { CalendarDate } from "../../../src/domain/calendarDate";
import { rupees, zeroRupees } from "../../../src/domain/rupees";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { returnFile, type ReturnCase } from "./case";

const day = (text: string) => text as CalendarDate;
const year = (start: number) => start as IncomeYear;

const noGains = { shortTerm: zeroRupees, longTerm: zeroRupees, exemptions: zeroRupees, gains: [] };
const noLosses = {
  setOffThisYear: zeroRupees,
  broughtForwardSetOff: zeroRupees,
  carriedForward: zeroRupees,
  entries: [],
};

/** What the forms for businesses print where there is nothing to say. */
const emptyParts = {
  CapGain: { ShortTerm: { TotalShortTerm: 0 }, LongTerm: { TotalLongTerm: 0 }, TotalCapGains: 0 },
  CurrentYearLoss: 0,
  BroughtFwdLossesSetoff: 0,
};

const proprietor: ReturnCase = {
  title: "ITR-3 of 2025-26, an audited trader with books, a partner of a firm, back in the new regime",
  file: returnFile(
    {
      form: "ITR3",
      year: 2026,
      filingStatus: {
        ReturnFileSec: 11,
        IncFrmBusOrProf: "Y",
        Form10IEAEarlierAYOldRegime: "Y",
        F10IEAEarlierAYNewRegime: "Y",
        ItrFilingDueDate: "2026-10-31",
        ResidentialStatus: "RES",
      },
      verifiedOn: "2026-10-20",
    },
    {
      PartA_GEN2: { AuditInfo: { LiableSec44AAflg: "Y", LiableSec44ABflg: "Y", LiableSec92Eflg: "N" } },
      TradingAccount: { TotRevenueFrmOperations: 41_200_000, GrossProfitFrmBusProf: 6_300_000 },
      PARTA_PL: {
        CreditsToPL: { GrossProfitTrnsfFrmTrdAcc: 6_300_000, TotCreditsToPL: 6_300_000 },
        DebitsToPL: {
          PBIDTA: 3_900_000,
          InterestExpdrtDtls: { InterestExpdr: 480_000 },
          DepreciationAmort: 620_000,
          PBT: 2_800_000,
        },
        TaxProvAppr: { ProvForCurrTax: 550_000, ProvDefTax: 20_000, ProfitAfterTax: 2_230_000 },
        PersumptiveInc44AD: { GrsTrnOverOrReceipt: 0, TotPersumptiveInc44AD: 0 },
        PersumptiveInc44ADA: { GrsReceipt: 0, TotPersumptiveInc44ADA: 0 },
        NoBooksOfAccPL: { GrossReceipt: 0, GrossProfit: 0, NetProfit: 0, GrossReceiptPrf: 0, TotBusinessProfession: 0 },
      },
      ITR3ScheduleBP: { BusinessIncOthThanSpec: { ProfBfrTaxPL: 2_800_000 }, IncChrgUnHdProftGain: 3_160_000 },
      ScheduleIF: {
        PartnerInNumberOfFirms: 1,
        PartnerFirmDetails: [
          {
            FirmName: "TEESTA TRADERS",
            FirmPAN: "ZZZFT1234C",
            IsLiableToAudit: "Y",
            ProfitSharePercent: 40,
            ProfitShareAmt: 410_000,
            IntrstAmtDueOrRecv: 120_000,
            RemunernAmtDueOrRecv: 240_000,
            FirmCapBalOn31Mar: 10_100_000,
          },
        ],
        TotalProfitShareAmt: 410_000,
      },
      ITR3ScheduleUD: { CurrAssYr: "2026-27", CurBalCFNY: 0, TotDepritBalCFNY: 85_000 },
      ScheduleEI: { NetAgriIncOrOthrIncRule7: 0, Others: 410_000, TotalExemptInc: 410_000 },
      "PartB-TI": {
        ...emptyParts,
        Salaries: 0,
        IncomeFromHP: 0,
        ProfBusGain: { ProfGainNoSpecBus: 3_160_000, TotProfBusGain: 3_160_000 },
        IncFromOS: { TotIncFromOS: 0 },
        GrossTotalIncome: 3_160_000,
        DeductionsUndSchVIADtl: { TotDeductUndSchVIA: 0 },
        DeductionsUnder10Aor10AA: 500_000,
        TotalIncome: 2_660_000,
      },
    },
  ),
  truth: {
    form: "ITR_3",
    kind: "ORIGINAL",
    regime: "NEW",
    dueOn: day("2026-10-31"),
    verifiedOn: day("2026-10-20"),
    residentialStatus: "RESIDENT",
    grossTotalIncome: rupees(3_160_000),
    deductions: rupees(500_000),
    totalIncome: rupees(2_660_000),
    salaries: [],
    houseProperties: [],
    business: {
      turnover: rupees(41_200_000),
      grossProfit: rupees(6_300_000),
      netProfit: rupees(2_800_000),
      taxOnProfit: rupees(570_000),
      depreciation: rupees(620_000),
      interestPaid: rupees(480_000),
      partnerships: [
        {
          firm: "TEESTA TRADERS",
          profitShare: rupees(410_000),
          remuneration: rupees(240_000),
          interest: rupees(120_000),
          capital: rupees(10_100_000),
        },
      ],
    },
    capitalGains: noGains,
    losses: {
      ...noLosses,
      carriedForward: rupees(85_000),
      entries: [{ head: "DEPRECIATION", amount: rupees(85_000) }],
    },
    otherIncome: [],
    agriculturalIncome: zeroRupees,
    exemptIncome: rupees(410_000),
    deductionsBySection: [{ section: "10AA", claimed: null, allowed: rupees(500_000) }],
    update: undefined,
  },
};

const futuresTrader: ReturnCase = {
  title: "ITR-3 of 2024-25, no books, a loss this year and losses of earlier years used",
  file: returnFile(
    {
      form: "ITR3",
      year: 2025,
      filingStatus: {
        ReturnFileSec: 11,
        OptOutNewTaxRegime_Method: "OPTINRETURN",
        SetOptOutNewTaxReg: "N",
        ItrFilingDueDate: "2025-09-15",
        ResidentialStatus: "RES",
      },
      verifiedOn: "2025-09-10",
    },
    {
      PartA_GEN2: { AuditInfo: { LiableSec44AAflg: "N", LiableSec44ABflg: "N", LiableSec92Eflg: "N" } },
      TradingAccount: { TotRevenueFrmOperations: 0, GrossProfitFrmBusProf: 0 },
      PARTA_PL: {
        DebitsToPL: { InterestExpdrtDtls: { InterestExpdr: 0 }, DepreciationAmort: 0, PBT: 0 },
        TaxProvAppr: { ProvForCurrTax: 0, ProvDefTax: 0 },
        NoBooksOfAccPL: {
          GrossReceipt: 900_000,
          GrossProfit: -310_000,
          Expenses: 40_000,
          NetProfit: -350_000,
          GrossReceiptPrf: 200_000,
          GrossProfitPrf: 180_000,
          ExpensesPrf: 30_000,
          NetProfitPrf: 150_000,
          TotBusinessProfession: -200_000,
        },
      },
      ITR3ScheduleBP: { IncChrgUnHdProftGain: -200_000 },
      ScheduleOS: { IncOthThanOwnRaceHorse: { InterestGross: 700_000, IntrstFrmTermDeposit: 700_000 } },
      ScheduleCFL: {
        LossCFFromPrevYrToAY: { CarryFwdLossDetail: { DateOfFiling: "2018-08-20", TotalHPPTILossCF: 30_000 } },
        LossCFCurrentAssmntYear2023: {
          CarryFwdLossDetail: { DateOfFiling: "2022-07-28", BrtFwdBusLoss: 400_000, BusLossOthThanSpecLossCF: 400_000 },
        },
        LossCFCurrentAssmntYear2024: {
          CarryFwdLossDetail: {
            DateOfFiling: "2023-07-28",
            BusLossOthThanSpecLossCF: 600_000,
            LossFrmSpecBusCF: 20_000,
          },
        },
        AdjTotBFLossInBFLA: { LossSummaryDetail: { BusLossOthThanSpecLossCF: 250_000 } },
        CurrentAYloss: { LossSummaryDetail: { BusLossOthThanSpecLossCF: 50_000 } },
        TotalLossCFSummary: {
          LossSummaryDetail: { TotalHPPTILossCF: 30_000, BusLossOthThanSpecLossCF: 800_000, LossFrmSpecBusCF: 20_000 },
        },
      },
      "PartB-TI": {
        ...emptyParts,
        Salaries: 0,
        IncomeFromHP: 0,
        ProfBusGain: { TotProfBusGain: 0 },
        IncFromOS: { TotIncFromOS: 700_000 },
        CurrentYearLoss: 150_000,
        BroughtFwdLossesSetoff: 250_000,
        GrossTotalIncome: 300_000,
        DeductionsUndSchVIADtl: { TotDeductUndSchVIA: 0 },
        TotalIncome: 300_000,
      },
    },
  ),
  truth: {
    form: "ITR_3",
    regime: "NEW",
    dueOn: day("2025-09-16"),
    verifiedOn: day("2025-09-10"),
    incomeHeads: {
      salary: zeroRupees,
      houseProperty: zeroRupees,
      businessOrProfession: rupees(-200_000),
      capitalGains: zeroRupees,
      otherSources: rupees(700_000),
    },
    salaries: [],
    houseProperties: [],
    business: {
      turnover: rupees(1_100_000),
      grossProfit: rupees(-130_000),
      netProfit: rupees(-200_000),
      taxOnProfit: zeroRupees,
      depreciation: zeroRupees,
      interestPaid: zeroRupees,
      partnerships: [],
    },
    capitalGains: noGains,
    losses: {
      setOffThisYear: rupees(150_000),
      broughtForwardSetOff: rupees(250_000),
      carriedForward: rupees(850_000),
      entries: [
        { head: "HOUSE_PROPERTY", incomeYear: year(2017), amount: rupees(30_000) },
        { head: "BUSINESS", amount: rupees(800_000) },
        { head: "SPECULATION", incomeYear: year(2022), amount: rupees(20_000) },
      ],
    },
    otherIncome: [{ kind: "INTEREST", amount: rupees(700_000) }],
    deductionsBySection: [],
  },
};

const consultant: ReturnCase = {
  title: "ITR-3 of 2024-25, a profession taxed on its receipts beside empty accounts",
  file: returnFile(
    {
      form: "ITR3",
      year: 2025,
      filingStatus: {
        ReturnFileSec: 11,
        OptOutNewTaxRegime_Form10IEA_AY24_25: "N",
        No_OptOutNewTaxReg: "Y",
        ResidentialStatus: "RES",
      },
      verifiedOn: "2025-09-12",
    },
    {
      PartA_GEN2: { AuditInfo: { LiableSec44ABflg: "N" } },
      TradingAccount: { TotRevenueFrmOperations: 0, GrossProfitFrmBusProf: 0 },
      PARTA_PL: {
        DebitsToPL: { InterestExpdrtDtls: { InterestExpdr: 0 }, DepreciationAmort: 0, PBT: 0 },
        PersumptiveInc44ADA: {
          GrsReceipt: 3_400_000,
          GrsTrnOverBank44ADA: 3_400_000,
          TotPersumptiveInc44ADA: 1_900_000,
        },
        NoBooksOfAccPL: { GrossReceipt: 0, NetProfit: 0, GrossReceiptPrf: 0, NetProfitPrf: 0 },
      },
      ITR3ScheduleBP: { IncChrgUnHdProftGain: 1_900_000 },
      "PartB-TI": {
        ...emptyParts,
        ProfBusGain: { TotProfBusGain: 1_900_000 },
        IncFromOS: { TotIncFromOS: 0 },
        GrossTotalIncome: 1_900_000,
        TotalIncome: 1_900_000,
      },
    },
  ),
  truth: {
    form: "ITR_3",
    regime: "OLD",
    dueOn: day("2025-09-16"),
    business: {
      turnover: rupees(3_400_000),
      presumptiveSection: "44ADA",
      grossProfit: null,
      netProfit: null,
      taxOnProfit: null,
      depreciation: null,
      interestPaid: null,
      partnerships: [],
    },
  },
};

const shop: ReturnCase = {
  title: "ITR-4 of 2025-26, a shop taxed on its turnover, two houses in a list",
  file: returnFile(
    {
      form: "ITR4",
      year: 2026,
      filingStatus: { ReturnFileSec: 11, Form10IEAEarlierAYOldRegime: "N", F10IEACurrAYOldRegime: "N" },
      verifiedOn: "2026-08-25",
    },
    {
      IncomeDeductions: {
        IncomeFromBusinessProf: 702_000,
        GrossSalary: 0,
        IncomeFromSal: 0,
        PropertyDetails: [
          { HPSNo: 1, ifLetOut: "S", Rentdetails: { AnnualLetableValue: 0, IncomeOfHP: 0 } },
          {
            HPSNo: 2,
            ifLetOut: "L",
            Rentdetails: {
              AnnualLetableValue: 120_000,
              Section24B: { TotalInterestUs24B: 14_000 },
              IncomeOfHP: 70_000,
            },
          },
        ],
        TotalIncomeChargeableUnHP: 70_000,
        IncomeOthSrc: 0,
        GrossTotIncome: 772_000,
        GrossTotIncomeIncLTCG112A: 772_000,
        UsrDeductUndChapVIA: { TotalChapVIADeductions: 0 },
        DeductUndChapVIA: { TotalChapVIADeductions: 0 },
        TotalIncome: 772_000,
      },
      TaxExmpIntIncDtls: {
        OthersInc: {
          OthersIncDtls: [{ Category: "AGRI", SubCategory: "10(1)", OthAmount: 4_000 }],
          OthersTotalTaxExe: 4_000,
        },
      },
      ScheduleBP: {
        NatOfBus44AD: [{ NameOfBusiness: "PATIL STORES", CodeAD: "09027" }],
        PersumptiveInc44AD: {
          GrsTrnOverBank: 9_000_000,
          GrsTotalTrnOverInCash: 1_500_000,
          GrsTrnOverAnyOthMode: 525_000,
          PersumptiveInc44AD6Per: 540_000,
          PersumptiveInc44AD8Per: 162_000,
          TotPersumptiveInc44AD: 702_000,
        },
        PersumptiveInc44ADA: { GrsReceipt: 0, TotPersumptiveInc44ADA: 0 },
        PersumptiveInc44AE: { TotPersumInc44AE: 0, IncChargeableUnderBus: 702_000 },
      },
    },
  ),
  truth: {
    form: "ITR_4",
    regime: "NEW",
    dueOn: day("2026-08-31"),
    verifiedOn: day("2026-08-25"),
    residentialStatus: "RESIDENT",
    salaries: [],
    houseProperties: [
      { use: "SELF_OCCUPIED", grossRent: zeroRupees, interestOnLoan: null, income: zeroRupees },
      { use: "LET_OUT", grossRent: rupees(120_000), interestOnLoan: rupees(14_000), income: rupees(70_000) },
    ],
    business: {
      turnover: rupees(11_025_000),
      presumptiveSection: "44AD",
      grossProfit: null,
      netProfit: null,
      taxOnProfit: null,
      depreciation: null,
      interestPaid: null,
      partnerships: [],
    },
    capitalGains: noGains,
    losses: noLosses,
    otherIncome: [],
    agriculturalIncome: rupees(4_000),
    exemptIncome: rupees(4_000),
    deductionsBySection: [],
    update: undefined,
  },
};

export const businesses: readonly ReturnCase[] = [proprietor, futuresTrader, consultant, shop];
