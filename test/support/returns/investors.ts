import type { CalendarDate } from "../../../src/domain/calendarDate";
import { rupees, zeroRupees } from "../../../src/domain/rupees";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { employerRow, returnFile, type ReturnCase } from "./case";

const day = (text: string) => text as CalendarDate;
const year = (start: number) => start as IncomeYear;

const lossOnShares: ReturnCase = {
  title: "ITR-2 of 2023-24, losses of two years on shares, a let house and a lottery",
  file: returnFile(
    {
      form: "ITR2",
      year: 2024,
      filingStatus: {
        ReturnFileSec: 17,
        OptOutNewTaxRegime: "N",
        ItrFilingDueDate: "2024-07-31",
        ResidentialStatus: "NOR",
      },
      verifiedOn: "2024-12-02",
    },
    {
      ScheduleS: {
        Salaries: [
          {
            NameOfEmployer: "GANGA TEXTILES LIMITED",
            TANofEmployer: "CALG90003C",
            Salarys: { GrossSalary: 2_050_000, Salary: 2_000_000, ValueOfPerquisites: 50_000 },
          },
        ],
        TotalGrossSalary: 2_050_000,
        DeductionUnderSection16ia: 50_000,
        TotIncUnderHeadSalaries: 2_000_000,
      },
      ScheduleTDS1: {
        TDSonSalary: [
          employerRow("CALG90003C", "GANGA TEXTILES LTD", 2_000_000, 310_000),
          employerRow("CHNM90004D", "MALABAR LOGISTICS PRIVATE LIMITED", 0, 4_000),
        ],
        TotalTDSonSalaries: 314_000,
      },
      ScheduleHP: {
        PropertyDetails: [
          {
            HPSNo: 1,
            ifLetOut: "L",
            Rentdetails: {
              AnnualLetableValue: 360_000,
              LocalTaxes: 10_000,
              AnnualOfPropOwned: 350_000,
              ThirtyPercentOfBalance: 105_000,
              IntOnBorwCap: 95_000,
              IncomeOfHP: 150_000,
            },
          },
        ],
        TotalIncomeChargeableUnHP: 150_000,
      },
      ScheduleCGFor23: {
        ShortTermCapGainFor23: { TotalSTCG: 60_000 },
        LongTermCapGain23: { TotalLTCG: -900_000 },
        SumOfCGIncm: 60_000,
        IncmFromVDATrnsf: 0,
        TotScheduleCGFor23: 60_000,
        CurrYrLosses: {
          InLossSetOff: {
            StclSetoff15Per: 0,
            StclSetoff30Per: 0,
            StclSetoffAppRate: 0,
            LtclSetOff10Per: 900_000,
            LtclSetOff20Per: 0,
          },
          InStcg15Per: { CurrYearIncome: 60_000, CurrYrCapGain: 60_000 },
          InLtcg10Per: { CurrYearIncome: 0, CurrYrCapGain: 0 },
          InLtcg20Per: { CurrYearIncome: 0, CurrYrCapGain: 0 },
        },
      },
      ScheduleOS: {
        IncOthThanOwnRaceHorse: {
          GrossIncChrgblTaxAtAppRate: 148_000,
          DividendGross: 90_000,
          InterestGross: 55_000,
          IntrstFrmSavingBank: 12_000,
          IntrstFrmTermDeposit: 40_000,
          IntrstFrmIncmTaxRefund: 3_000,
          AnyOtherIncome: 3_000,
          LtryPzzlChrgblUs115BB: 100_000,
          IncChrgblUs115BBE: 0,
        },
        IncChargeable: 248_000,
      },
      ScheduleSI: {
        SplCodeRateTax: [
          { SecCode: "1A", SplRatePercent: 15, SplRateInc: 0, SplRateIncTax: 0 },
          { SecCode: "5BB", SplRatePercent: 30, SplRateInc: 100_000, SplRateIncTax: 30_000 },
        ],
        TotSplRateInc: 100_000,
      },
      ScheduleCFL: {
        LossCFCurrentAssmntYear2022: {
          CarryFwdLossDetail: { DateOfFiling: "2021-12-20", TotalSTCGPTILossCF: 100_000, TotalLTCGPTILossCF: 250_000 },
        },
        TotalOfBFLossesEarlierYrs: { LossSummaryDetail: { TotalSTCGPTILossCF: 100_000, TotalLTCGPTILossCF: 250_000 } },
        AdjTotBFLossInBFLA: { LossSummaryDetail: { TotalSTCGPTILossCF: 60_000, TotalLTCGPTILossCF: 0 } },
        CurrentAYloss: { LossSummaryDetail: { TotalSTCGPTILossCF: 0, TotalLTCGPTILossCF: 900_000 } },
        TotalLossCFSummary: { LossSummaryDetail: { TotalSTCGPTILossCF: 40_000, TotalLTCGPTILossCF: 1_150_000 } },
      },
      "PartB-TI": {
        Salaries: 2_000_000,
        IncomeFromHP: 150_000,
        CapGain: {
          ShortTerm: { ShortTerm15Per: 60_000, TotalShortTerm: 60_000 },
          LongTerm: { LongTerm10Per: 0, TotalLongTerm: 0 },
          ShortTermLongTermTotal: 60_000,
          TotalCapGains: 60_000,
        },
        IncFromOS: { OtherSrcThanOwnRaceHorse: 148_000, IncChargblSplRate: 100_000, TotIncFromOS: 248_000 },
        TotalTI: 2_458_000,
        CurrentYearLoss: 0,
        BroughtFwdLossesSetoff: 60_000,
        GrossTotalIncome: 2_398_000,
        DeductionsUnderScheduleVIA: 0,
        TotalIncome: 2_398_000,
      },
    },
  ),
  truth: {
    form: "ITR_2",
    kind: "REVISED",
    regime: "NEW",
    dueOn: day("2024-07-31"),
    verifiedOn: day("2024-12-02"),
    residentialStatus: "NOT_ORDINARILY_RESIDENT",
    incomeHeads: {
      salary: rupees(2_000_000),
      houseProperty: rupees(150_000),
      businessOrProfession: null,
      capitalGains: rupees(60_000),
      otherSources: rupees(248_000),
    },
    deductions: zeroRupees,
    salaries: [
      { employer: "GANGA TEXTILES LIMITED", tan: "CALG90003C", gross: rupees(2_050_000), taxDeducted: rupees(310_000) },
      { employer: "MALABAR LOGISTICS PRIVATE LIMITED", tan: "CHNM90004D", gross: null, taxDeducted: rupees(4_000) },
    ],
    houseProperties: [
      { use: "LET_OUT", grossRent: rupees(360_000), interestOnLoan: rupees(95_000), income: rupees(150_000) },
    ],
    business: undefined,
    capitalGains: {
      shortTerm: rupees(60_000),
      longTerm: rupees(-900_000),
      exemptions: zeroRupees,
      gains: [
        { term: "SHORT", section: "111A", ratePercent: 15, amount: rupees(60_000) },
        { term: "LONG", ratePercent: 10, amount: rupees(-900_000) },
      ],
    },
    losses: {
      setOffThisYear: zeroRupees,
      broughtForwardSetOff: rupees(60_000),
      carriedForward: rupees(1_190_000),
      entries: [
        { head: "SHORT_TERM_GAINS", incomeYear: year(2020), amount: rupees(40_000) },
        { head: "LONG_TERM_GAINS", incomeYear: year(2020), amount: rupees(250_000) },
        { head: "LONG_TERM_GAINS", incomeYear: year(2023), amount: rupees(900_000) },
      ],
    },
    otherIncome: [
      { kind: "INTEREST", amount: rupees(52_000) },
      { kind: "REFUND_INTEREST", amount: rupees(3_000) },
      { kind: "DIVIDEND", amount: rupees(90_000) },
      { kind: "LOTTERY", amount: rupees(100_000), ratePercent: 30 },
      { kind: "OTHER", amount: rupees(3_000) },
    ],
    agriculturalIncome: zeroRupees,
    exemptIncome: zeroRupees,
    deductionsBySection: [],
    update: undefined,
  },
};

const landSale: ReturnCase = {
  title: "ITR-2 of 2025-26 of a non-resident, land sold and put into other land, virtual assets, two houses",
  file: returnFile(
    {
      form: "ITR2",
      year: 2026,
      filingStatus: {
        ReturnFileSec: 12,
        OptOutNewTaxRegime: "N",
        ItrFilingDueDate: "2026-07-31",
        ResidentialStatus: "NRI",
      },
      verifiedOn: "2026-10-05",
    },
    {
      ScheduleHP: {
        PropertyDetails: [
          {
            HPSNo: 1,
            ifLetOut: "S",
            Rentdetails: {
              AnnualLetableValue: 0,
              Section24B: { Section24BDtls: [], TotalInterestUs24B: 0 },
              IncomeOfHP: 0,
            },
          },
          {
            HPSNo: 2,
            ifLetOut: "D",
            Rentdetails: {
              AnnualLetableValue: 240_000,
              AnnualOfPropOwned: 240_000,
              ThirtyPercentOfBalance: 72_000,
              Section24B: { Section24BDtls: [], TotalInterestUs24B: 268_000 },
              IncomeOfHP: -100_000,
            },
          },
        ],
        TotalIncomeChargeableUnHP: -100_000,
      },
      ScheduleCGFor23: {
        ShortTermCapGainFor23: { TotalSTCG: 45_000 },
        LongTermCapGain23: {
          SaleofLandBuild: { SaleofLandBuildDtls: [], TotalLTCGImmblPrprty: 800_000 },
          SaleOfEquityShareUs112A: { BalanceCG: 300_000, DeductionUs54F: 0, CapgainonAssets: 300_000 },
          TotalLTCG: 1_100_000,
        },
        SumOfCGIncm: 1_145_000,
        IncmFromVDATrnsf: 75_000,
        TotScheduleCGFor23: 1_220_000,
        DeducClaimInfo: {
          DeducClaimDtlsUs54B: [{ DateofTransfer: "2025-08-14", AmtDeducted: 21_500_000 }],
          TotDeductClaim: 21_500_000,
        },
        CurrYrLosses: {
          InLossSetOff: { StclSetoff20Per: 0, StclSetoffAppRate: 0, LtclSetOff12_5Per: 0 },
          InStcg20Per: { CurrYearIncome: 0, CurrYrCapGain: 0 },
          InStcgAppRate: { CurrYearIncome: 45_000, CurrYrCapGain: 45_000 },
          InLtcg12_5Per: { CurrYearIncome: 1_100_000, CurrYrCapGain: 1_100_000 },
        },
      },
      ScheduleEI: { NetAgriIncOrOthrIncRule7: 640_000, Others: 10_000, TotalExemptInc: 650_000 },
      ScheduleVIA: {
        UsrDeductUndChapVIA: { Section80CCDEmployer: 60_000, TotalChapVIADeductions: 60_000 },
        DeductUndChapVIA: { Section80CCDEmployer: 0, TotalChapVIADeductions: 0 },
      },
      "PartB-TI": {
        Salaries: 0,
        IncomeFromHP: 0,
        CapGain: {
          ShortTerm: { ShortTermAppRate: 45_000, TotalShortTerm: 45_000 },
          LongTerm: { LongTerm12_5Per: 1_100_000, TotalLongTerm: 1_100_000 },
          ShortTermLongTermTotal: 1_145_000,
          CapGains30Per115BBH: 75_000,
          TotalCapGains: 1_220_000,
        },
        IncFromOS: { TotIncFromOS: 0 },
        TotalTI: 1_220_000,
        CurrentYearLoss: 45_000,
        BroughtFwdLossesSetoff: 0,
        GrossTotalIncome: 1_175_000,
        DeductionsUnderScheduleVIA: 0,
        TotalIncome: 1_175_000,
        LossesOfCurrentYearCarriedFwd: 0,
      },
    },
  ),
  truth: {
    form: "ITR_2",
    kind: "BELATED",
    regime: "NEW",
    dueOn: day("2026-07-31"),
    verifiedOn: day("2026-10-05"),
    residentialStatus: "NON_RESIDENT",
    salaries: [],
    houseProperties: [
      { use: "SELF_OCCUPIED", grossRent: zeroRupees, interestOnLoan: zeroRupees, income: zeroRupees },
      { use: "DEEMED_LET_OUT", grossRent: rupees(240_000), interestOnLoan: rupees(268_000), income: rupees(-100_000) },
    ],
    business: undefined,
    capitalGains: {
      shortTerm: rupees(45_000),
      longTerm: rupees(1_100_000),
      exemptions: rupees(21_500_000),
      gains: [
        { term: "SHORT", amount: rupees(45_000) },
        { term: "LONG", section: "112A", ratePercent: 12.5, amount: rupees(300_000) },
        { term: "LONG", section: "112", ratePercent: 12.5, amount: rupees(800_000) },
        { term: "SHORT", section: "115BBH", ratePercent: 30, amount: rupees(75_000) },
      ],
    },
    losses: {
      setOffThisYear: rupees(45_000),
      broughtForwardSetOff: zeroRupees,
      carriedForward: zeroRupees,
      entries: [],
    },
    otherIncome: [],
    agriculturalIncome: rupees(640_000),
    exemptIncome: rupees(650_000),
    deductionsBySection: [{ section: "80CCD(2)", claimed: rupees(60_000), allowed: zeroRupees }],
    update: undefined,
  },
};

export const investors: readonly ReturnCase[] = [lossOnShares, landSale];
