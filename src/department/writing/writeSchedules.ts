import {
  type Word,
  type Filing,
  type CapitalGain,
  type CarriedLoss,
  type Deduction,
  type HousePropertyIncome,
  type OtherIncome,
  type SalaryIncome,
  type SpecialRateIncome,
  sumOfReported,
  zeroRupees,
  type Rupees,
  assessmentYearLabel,
} from "../../domain";
import { type JsonObject } from "../../kernel";
import { difference, written } from "./writtenAmounts";

/** The schedules of the full forms. A schedule without known figures is left out. */
export function writeSchedules(filing: Filing): JsonObject {
  const { salaries, otherIncome, deductionsBySection, agriculturalIncome, exemptIncome } = filing;
  return {
    ...(salaries && { ScheduleTDS1: writeDeductedTax(salaries) }),
    ...writeGains(filing),
    ...(otherIncome && { ScheduleOS: { IncOthThanOwnRaceHorse: writeOtherIncome(otherIncome) } }),
    ...(exemptIncome !== undefined && {
      ScheduleEI: {
        NetAgriIncOrOthrIncRule7: written(agriculturalIncome),
        Others: written(difference(exemptIncome, agriculturalIncome ?? zeroRupees)),
        TotalExemptInc: written(exemptIncome),
      },
    }),
    ...(deductionsBySection && { ScheduleVIA: writeDeductions(filing) }),
    ...writeLosses(filing),
    ...writeBusiness(filing),
  };
}

/** The parts of a simple form inside its block of incomes. */
export function writeSimpleLines(filing: Filing): JsonObject {
  const { form, houseProperties, otherIncome, agriculturalIncome, exemptIncome } = filing;
  const [house] = houseProperties ?? [];
  const isInList = filing.incomeYear >= 2025;
  return {
    ...(house !== undefined && !isInList && writeOneHouse(house)),
    ...(house !== undefined && isInList && { PropertyDetails: houseProperties?.map(writeHouse) }),
    ...(otherIncome && { OthersInc: { OthersIncDtlsOthSrc: otherIncome.map(writeOtherLine) } }),
    ...(form === "ITR_1" &&
      exemptIncome !== undefined && {
        ExemptIncAgriOthUs10: {
          ExemptIncAgriOthUs10Dtls: exemptRows(agriculturalIncome, exemptIncome),
          ExemptIncAgriOthUs10Total: written(exemptIncome),
        },
      }),
    ...writeDeductions(filing),
  };
}

/** The parts of a simple form beside its block of incomes. */
export function writeSimpleSchedules(filing: Filing): JsonObject {
  const { form, salaries, agriculturalIncome, exemptIncome } = filing;
  return {
    ...(salaries && { TDSonSalaries: writeDeductedTax(salaries) }),
    ...(form === "ITR_4" &&
      exemptIncome !== undefined && {
        TaxExmpIntIncDtls: {
          OthersInc: {
            OthersIncDtls: exemptRows(agriculturalIncome, exemptIncome),
            OthersTotalTaxExe: written(exemptIncome),
          },
        },
      }),
    ...(form === "ITR_4" && filing.business && { ScheduleBP: writePresumptive(filing) }),
  };
}

/** The rows of schedule S. */
export function writeEmployers(salaries: readonly SalaryIncome[]): JsonObject {
  const rows = salaries.map(({ employer, tan, gross }) => ({
    NameOfEmployer: employer,
    NatureOfEmployment: "OTH",
    TANofEmployer: tan,
    Salarys: { GrossSalary: written(gross), Salary: written(gross), ValueOfPerquisites: 0, ProfitsinLieuOfSalary: 0 },
  }));
  return { Salaries: rows, TotalGrossSalary: written(sumOfReported(salaries.map(({ gross }) => gross))) };
}

function writeDeductedTax(salaries: readonly SalaryIncome[]): JsonObject {
  const told = salaries.filter(({ taxDeducted }) => taxDeducted !== null);
  return {
    TDSonSalary: told.map(({ employer, tan, gross, taxDeducted }) => ({
      EmployerOrDeductorOrCollectDetl: { TAN: tan, EmployerOrDeductorOrCollecterName: employer },
      IncChrgSal: written(gross),
      TotalTDSSal: written(taxDeducted),
    })),
    TotalTDSonSalaries: written(sumOfReported([zeroRupees, ...told.map(({ taxDeducted }) => taxDeducted)])),
  };
}

const letterByUse = { SELF_OCCUPIED: "S", LET_OUT: "L", DEEMED_LET_OUT: "D", UNKNOWN: undefined } as const;

export function writeHouse({ use, grossRent, interestOnLoan, income }: HousePropertyIncome, at: number): JsonObject {
  return {
    HPSNo: at + 1,
    PropertyOwner: "SE",
    PropCoOwnedFlg: "NO",
    ifLetOut: letterByUse[use],
    Rentdetails: {
      AnnualLetableValue: written(grossRent),
      IntOnBorwCap: written(interestOnLoan),
      IncomeOfHP: written(income),
    },
  };
}

function writeOneHouse({ use, grossRent, interestOnLoan }: HousePropertyIncome): JsonObject {
  return {
    TypeOfHP: letterByUse[use],
    GrossRentReceived: written(grossRent),
    InterestPayable: written(interestOnLoan),
  };
}

/** Gains by rate in Part B and table E, by section in schedule SI, and as a sum in schedule CG. */
export function writeGainBuckets({ capitalGains }: Filing): JsonObject | undefined {
  if (capitalGains === undefined) return undefined;
  const { gains, shortTerm, longTerm } = capitalGains;
  const terms = [shortTerm, longTerm].map((term) => written(term === null ? null : floored(term)));
  const virtual = sumOfReported(gains.filter(isOnVirtualAssets).map(({ amount }) => amount)) ?? zeroRupees;
  return {
    ShortTerm: { ...bucketsOf(gains, "SHORT", "ShortTerm"), TotalShortTerm: terms[0] },
    LongTerm: { ...bucketsOf(gains, "LONG", "LongTerm"), TotalLongTerm: terms[1] },
    CapGains30Per115BBH: written(virtual),
  };
}

function isOnVirtualAssets({ section }: CapitalGain): boolean {
  return section === "115BBH";
}

/** "12_5Per", or "AppRate" for gains at slab rates. */
function rateName({ ratePercent }: CapitalGain): string {
  return ratePercent === undefined ? "AppRate" : `${String(ratePercent).replace(".", "_")}Per`;
}

function bucketsOf(gains: readonly CapitalGain[], term: CapitalGain["term"], prefix: string): JsonObject {
  const ofTerm = gains.filter((gain) => gain.term === term && !isOnVirtualAssets(gain));
  return Object.fromEntries(
    [...Map.groupBy(ofTerm, rateName)].map(([rate, ofRate]) => {
      const sum = sumOfReported(ofRate.map(({ amount }) => amount)) ?? zeroRupees;
      return [prefix + rate, written(floored(sum))];
    }),
  );
}

const codeBySection = new Map([
  ["111A", "1A"],
  ["112A", "2A"],
  ["112", "22"],
  ["115BBH", "5BBH"],
]);

function writeGains({ form, capitalGains, particulars }: Filing): JsonObject {
  if (capitalGains === undefined) return {};
  const { shortTerm, longTerm, exemptions, gains } = capitalGains;
  const ofRates = gains.filter((gain) => !isOnVirtualAssets(gain));
  const isIndividual = form === "ITR_2" || form === "ITR_3";
  const losses = ofRates.filter(({ amount }) => amount < zeroRupees);
  const lossName = (gain: CapitalGain) => (gain.term === "SHORT" ? "StclSetoff" : "LtclSetOff") + rateName(gain);
  const gainName = (gain: CapitalGain) => (gain.term === "SHORT" ? "InStcg" : "InLtcg") + rateName(gain);
  const table = [...Map.groupBy(ofRates, gainName)].map(([name, ofRate]) => {
    const sum = written(sumOfReported(ofRate.map(({ amount }) => floored(amount))));
    return [name, { CurrYearIncome: sum, CurrYrCapGain: sum }];
  });
  const virtual = sumOfReported(gains.filter(isOnVirtualAssets).map(({ amount }) => amount)) ?? zeroRupees;
  const schedule = {
    [isIndividual ? "ShortTermCapGainFor23" : "ShortTermCapGain"]: { TotalSTCG: written(shortTerm) },
    [isIndividual ? "LongTermCapGain23" : "LongTermCapGain"]: { TotalLTCG: written(longTerm) },
    IncmFromVDATrnsf: written(virtual),
    DeducClaimInfo: { TotDeductClaim: written(exemptions) },
    CurrYrLosses: {
      InLossSetOff: Object.fromEntries(losses.map((gain) => [lossName(gain), -(written(gain.amount) ?? 0)])),
      ...(Object.fromEntries(table) as JsonObject),
    },
  };
  const atSpecialRates = gains.filter(({ section, amount }) => codeBySection.has(section ?? "") && amount > zeroRupees);
  return {
    [isIndividual ? "ScheduleCGFor23" : "ScheduleCG"]: schedule,
    ScheduleSI: {
      SplCodeRateTax: atSpecialRates.map(({ section, ratePercent, amount }) => ({
        SecCode: codeBySection.get(section ?? ""),
        SplRatePercent: ratePercent,
        SplRateInc: written(amount),
        SplRateIncTax: written(taxStated(section, particulars?.specialRates)),
      })),
    },
  };
}

/** The sections that have no rules of their own stand together: virtual assets are the only ones among the gains. */
function taxStated(section: string | undefined, lines: readonly SpecialRateIncome[] = []): Rupees | undefined {
  const ofSection = lines.filter((line) => line.section === (section === "115BBH" ? "OTHER" : section));
  const [only, other] = ofSection;
  return only !== undefined && other === undefined && "tax" in only ? only.tax : undefined;
}

function floored(amount: Rupees): Rupees {
  return amount < zeroRupees ? zeroRupees : amount;
}

const codeByKind: Record<Word<"OtherIncomeKind">, string> = {
  INTEREST: "IFD",
  REFUND_INTEREST: "TAX",
  DIVIDEND: "DIV",
  FAMILY_PENSION: "FAP",
  LOTTERY: "OTH",
  VIRTUAL_ASSETS: "OTH",
  OTHER: "OTH",
};

function writeOtherLine({ kind, amount }: OtherIncome): JsonObject {
  return { OthSrcNatureDesc: codeByKind[kind], OthSrcOthAmount: written(amount) };
}

function writeOtherIncome(incomes: readonly OtherIncome[]): JsonObject {
  const sum = (...kinds: readonly Word<"OtherIncomeKind">[]) =>
    sumOfReported([
      zeroRupees,
      ...incomes
        .filter(({ kind, ratePercent }) => kinds.includes(kind) && ratePercent === undefined)
        .map(({ amount }) => amount),
    ]);
  const atRate = (kind: Word<"OtherIncomeKind">, rate: number) =>
    written(incomes.find((income) => income.kind === kind && income.ratePercent === rate)?.amount);
  return {
    GrossIncChrgblTaxAtAppRate: written(sum("INTEREST", "REFUND_INTEREST", "DIVIDEND", "FAMILY_PENSION", "OTHER")),
    DividendGross: written(sum("DIVIDEND")),
    InterestGross: written(sum("INTEREST", "REFUND_INTEREST")),
    IntrstFrmTermDeposit: written(sum("INTEREST")),
    IntrstFrmIncmTaxRefund: written(sum("REFUND_INTEREST")),
    FamilyPension: written(sum("FAMILY_PENSION")),
    AnyOtherIncome: written(sum("OTHER")),
    LtryPzzlChrgblUs115BB: atRate("LOTTERY", 30),
    IncChrgblUs115BBE: atRate("OTHER", 60),
  };
}

function exemptRows(farming: Rupees | undefined, all: Rupees): readonly JsonObject[] {
  const rest = difference(all, farming ?? zeroRupees) ?? zeroRupees;
  return [
    ...(farming !== undefined && farming !== zeroRupees ? [{ NatureDesc: "AGRI", OthAmount: written(farming) }] : []),
    ...(rest === zeroRupees ? [] : [{ NatureDesc: "OTH", OthAmount: written(rest) }]),
  ];
}

const oddKeys = new Map([
  ["80CCD(1)", "Section80CCDEmployeeOrSE"],
  ["80CCD(1B)", "Section80CCD1B"],
  ["80CCD(2)", "Section80CCDEmployer"],
  ["80CCH", "AnyOthSec80CCH"],
]);

function writeDeductions({ deductions, deductionsBySection = [] }: Filing): JsonObject {
  const ofChapter = deductionsBySection.filter(({ section }) => section !== "10AA");
  const column = (amountOf: (each: Deduction) => Rupees | null) =>
    Object.fromEntries(
      ofChapter.map((each) => [oddKeys.get(each.section) ?? `Section${each.section}`, written(amountOf(each))]),
    );
  const zone = deductionsBySection.find(({ section }) => section === "10AA")?.allowed ?? zeroRupees;
  const allowed = difference(deductions, zone);
  const claimed = sumOfReported(ofChapter.map((each) => each.claimed)) ?? allowed;
  return {
    UsrDeductUndChapVIA: { ...column((each) => each.claimed), TotalChapVIADeductions: written(claimed) },
    DeductUndChapVIA: { ...column((each) => each.allowed), TotalChapVIADeductions: written(allowed) },
  };
}

const columnByHead: Partial<Record<Word<"IncomeHead">, string>> = {
  HOUSE_PROPERTY: "TotalHPPTILossCF",
  BUSINESS: "BusLossOthThanSpecLossCF",
  SPECULATION: "LossFrmSpecBusCF",
  SHORT_TERM_GAINS: "TotalSTCGPTILossCF",
  LONG_TERM_GAINS: "TotalLTCGPTILossCF",
  OTHER: "OthSrcLossRaceHorseCF",
};

function writeLosses({ form, incomeYear, losses }: Filing): JsonObject {
  if (losses === undefined) return {};
  const inSchedule = losses.entries.filter(({ head }) => head !== "DEPRECIATION");
  const depreciation = losses.entries.filter(({ head }) => head === "DEPRECIATION");
  const rows = [...Map.groupBy(inSchedule, (entry) => entry.incomeYear)].flatMap(
    ([year, entries]): (readonly [string, JsonObject])[] => {
      const amounts = lossColumns(entries);
      if (year === undefined) return [];
      if (year === incomeYear) return [["CurrentAYloss", { LossSummaryDetail: amounts }]];
      const detail = { DateOfFiling: `${year + 1}-07-20`, ...amounts };
      return [[year < 2018 ? oldKeyOf(year) : `LossCFCurrentAssmntYear${year + 2}`, { CarryFwdLossDetail: detail }]];
    },
  );
  const left = sumOfReported(depreciation.map(({ amount }) => amount));
  return {
    ScheduleCFL: {
      ...Object.fromEntries(rows),
      TotalLossCFSummary: { LossSummaryDetail: lossColumns(inSchedule) },
    },
    ...(left !== null && {
      [form === "ITR_3" ? "ITR3ScheduleUD" : "ScheduleUD"]: {
        CurrAssYr: assessmentYearLabel(incomeYear),
        CurBalCFNY: depreciation.every((entry) => entry.incomeYear === incomeYear) ? written(left) : 0,
        TotDepritBalCFNY: written(left),
      },
    }),
  };
}

/** The keys of these years count backwards from the assessment year 2019-20. */
function oldKeyOf(year: number): string {
  const back = 2018 - year;
  const ordinal =
    back === 1 ? "YrToAY" : back === 2 ? "2ndYearFromAY" : back === 3 ? "3rdYearFromAY" : `${back}thYearFromAY`;
  return `LossCFFromPrev${ordinal}`;
}

function lossColumns(entries: readonly CarriedLoss[]): JsonObject {
  const byHead = Map.groupBy(entries, ({ head }) => columnByHead[head] ?? "OthSrcLossRaceHorseCF");
  return Object.fromEntries(
    [...byHead].map(([column, ofHead]) => [column, written(sumOfReported(ofHead.map(({ amount }) => amount)))]),
  );
}

function writeBusiness(filing: Filing): JsonObject {
  const { form, business } = filing;
  if (business === undefined) return {};
  const { presumptiveSection, partnerships } = business;
  const isPresumptive = presumptiveSection !== undefined;
  const accounts = {
    InterestExpdrtDtls: { InterestExpdr: written(business.interestPaid) },
    DepreciationAmort: written(business.depreciation),
    PBT: written(business.netProfit),
  };
  const isEntity = form === "ITR_5" || form === "ITR_6";
  return {
    TradingAccount: {
      TotRevenueFrmOperations: isPresumptive ? 0 : written(business.turnover),
      GrossProfitFrmBusProf: written(business.grossProfit),
    },
    PARTA_PL: {
      DebitsToPL: isEntity ? { DebitPlAcnt: accounts } : accounts,
      TaxProvAppr: { ProvForCurrTax: written(business.taxOnProfit) },
      ...(isPresumptive && writePresumptive(filing)),
    },
    ...(partnerships.length > 0 && {
      ScheduleIF: {
        PartnerInNumberOfFirms: partnerships.length,
        PartnerFirmDetails: partnerships.map(({ firm, profitShare, remuneration, interest, capital }) => ({
          FirmName: firm,
          ProfitShareAmt: written(profitShare),
          RemunernAmtDueOrRecv: written(remuneration),
          IntrstAmtDueOrRecv: written(interest),
          FirmCapBalOn31Mar: written(capital),
        })),
      },
    }),
  };
}

/** The schema spells it so. */
function writePresumptive({ business, incomeHeads }: Filing): JsonObject {
  const income = written(incomeHeads?.businessOrProfession);
  const turnover = written(business?.turnover);
  switch (business?.presumptiveSection) {
    case "44ADA":
      return { PersumptiveInc44ADA: { GrsReceipt: turnover, TotPersumptiveInc44ADA: income } };
    case "44AE":
      return { PersumptiveInc44AE: { TotPersumInc44AE: income, IncChargeableUnderBus: income } };
    case undefined:
      return {};
    default:
      return {
        PersumptiveInc44AD: { GrsTrnOverBank: turnover, GrsTrnOverAnyOthMode: 0, TotPersumptiveInc44AD: income },
      };
  }
}
