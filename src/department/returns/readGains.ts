import {
  type Word,
  readCalendarDate,
  type CapitalGain,
  type CapitalGains,
  type CarriedLoss,
  type Losses,
  addRupees,
  negateRupees,
  rupees,
  subtractRupees,
  sumOfReported,
  zeroRupees,
  type Rupees,
  incomeYearStarting,
  type IncomeYear,
} from "../../domain";
import { asList, asObject, textOf, type JsonObject } from "../../kernel";
import { firstYearOfSimpleGains } from "./itrPlaces";
import { objectsAt, simpleIncome, type ReturnBody } from "./readIncome";
import { amountAt } from "./returnFigures";
import { valueAt } from "./returnLayout";

const noGains: CapitalGains = { shortTerm: zeroRupees, longTerm: zeroRupees, exemptions: zeroRupees, gains: [] };
const rounding = rupees(10);

export function readGains(told: ReturnBody, incomeYear: IncomeYear): CapitalGains | undefined {
  const { body, isWhole } = told;
  if (simpleIncome(told)) {
    if (incomeYear < firstYearOfSimpleGains || !isWhole) return undefined;
    const gain = amountAt(body, "LTCG112A.LongCap112A") ?? zeroRupees;
    if (gain === zeroRupees) return noGains;
    return { ...noGains, longTerm: gain, gains: [{ term: "LONG", section: "112A", ratePercent: 12.5, amount: gain }] };
  }
  const schedule = gainsSchedule(body);
  const inPartB = asObject(valueAt(body, "PartB_TI.CapGain"));
  if (schedule === undefined && inPartB === undefined) return isWhole ? noGains : undefined;
  const { shortTerm, longTerm } = scheduleTerms(schedule);
  const gains = gainsOf(body, schedule, inPartB);
  const sums = {
    shortTerm: shortTerm ?? amountAt(inPartB, "ShortTerm.TotalShortTerm"),
    longTerm: longTerm ?? amountAt(inPartB, "LongTerm.TotalLongTerm"),
    exemptions: exemptionsIn(schedule) ?? (isWhole ? zeroRupees : null),
  };
  const isEmpty = gains.length === 0 && Object.values(sums).every((sum) => sum === null);
  return isEmpty ? undefined : { ...sums, gains };
}

/** The loss that Part B prints as zero, when losses on sales exceed the gains. */
export function lossOnSales(body: JsonObject): Rupees | null {
  const { shortTerm, longTerm } = scheduleTerms(gainsSchedule(body));
  return sumOfReported([shortTerm, longTerm]);
}

function gainsSchedule(body: JsonObject): JsonObject | undefined {
  return asObject(body.ScheduleCGFor23) ?? asObject(body.ScheduleCG);
}

function scheduleTerms(schedule: JsonObject | undefined) {
  const shortTerm = amountAt(schedule, "ShortTermCapGainFor23.TotalSTCG", "ShortTermCapGain.TotalSTCG");
  return { shortTerm, longTerm: amountAt(schedule, "LongTermCapGain23.TotalLTCG", "LongTermCapGain.TotalLTCG") };
}

const exemptionLines: readonly string[] = [
  "DeductionUs54B",
  "DeductionUs54F",
  "ExemptionGrandTotal",
  "DednSpecAssetus115",
];

/**
 * Sections 54 to 54GB exempt a gain that is invested in a house, land or bonds. Some software leaves out the block with
 * their sum: then the exemptions of the single sales are added up.
 */
function exemptionsIn(schedule: JsonObject | undefined): Rupees | null {
  const total = amountAt(schedule, "DeducClaimInfo.TotDeductClaim");
  if (total !== null || schedule === undefined) return total;
  const besideSales: (Rupees | null)[] = [];
  const pending: unknown[] = [schedule];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const block = asObject(next);
    for (const line of exemptionLines) besideSales.push(amountAt(block, line));
    for (const member of block ? Object.values(block) : asList(next)) {
      if (typeof member === "object" && member !== null) pending.push(member);
    }
  }
  return sumOfReported(besideSales);
}

interface Bucket {
  readonly term: Word<"GainTerm">;
  readonly ratePercent: number | undefined;
  /** The key in Part B, and the keys of gain and loss in table E of schedule CG. */
  readonly names: readonly [inPartB: string, asGain: string, asLoss: string];
  /** Set when only one section has the rate. */
  readonly section?: string;
}

const buckets: readonly Bucket[] = [
  short(15, ["ShortTerm15Per", "InStcg15Per", "StclSetoff15Per"], "111A"),
  short(20, ["ShortTerm20Per", "InStcg20Per", "StclSetoff20Per"], "111A"),
  short(30, ["ShortTerm30Per", "InStcg30Per", "StclSetoff30Per"], "115AD"),
  short(undefined, ["ShortTermAppRate", "InStcgAppRate", "StclSetoffAppRate"]),
  short(undefined, ["ShortTermSplRateDTAA", "InStcgDTAARate", "StclSetoffDTAARate"]),
  long(10, ["LongTerm10Per", "InLtcg10Per", "LtclSetOff10Per"]),
  long(12.5, ["LongTerm12_5Per", "InLtcg12_5Per", "LtclSetOff12_5Per"]),
  long(20, ["LongTerm20Per", "InLtcg20Per", "LtclSetOff20Per"], "112"),
  long(undefined, ["LongTermSplRateDTAA", "InLtcgDTAARate", "LtclSetOffDTAARate"]),
];

function short(ratePercent: Bucket["ratePercent"], names: Bucket["names"], section?: string): Bucket {
  return { term: "SHORT", ratePercent, names, ...(section !== undefined && { section }) };
}

function long(ratePercent: Bucket["ratePercent"], names: Bucket["names"], section?: string): Bucket {
  return { term: "LONG", ratePercent, names, ...(section !== undefined && { section }) };
}

/** Table E has gains and losses by rate before set-off. Part B has the gains after set-off. */
function gainsOf(
  body: JsonObject,
  schedule: JsonObject | undefined,
  inPartB: JsonObject | undefined,
): readonly CapitalGain[] {
  const table = asObject(schedule?.CurrYrLosses);
  const filled = buckets.flatMap((bucket) => {
    const [partName, gainName, lossName] = bucket.names;
    const gain = amountAt(table, `${gainName}.CurrYearIncome`);
    const loss = amountAt(table, `InLossSetOff.${lossName}`);
    const inTable = gain === null && loss === null ? null : subtractRupees(gain ?? zeroRupees, loss ?? zeroRupees);
    const part = bucket.term === "SHORT" ? "ShortTerm" : "LongTerm";
    const amount = inTable ?? amountAt(inPartB, `${part}.${partName}`) ?? zeroRupees;
    return amount === zeroRupees ? [] : [{ ...bucket, amount }];
  });
  const sections = sectionsOf(body, schedule, filled);
  const virtual = amountAt(inPartB, "CapGains30Per115BBH") ?? amountAt(schedule, "IncmFromVDATrnsf") ?? zeroRupees;
  const onVirtualAssets: CapitalGain = { term: "SHORT", section: "115BBH", ratePercent: 30, amount: virtual };
  return [...filled.flatMap(sections), ...(virtual === zeroRupees ? [] : [onVirtualAssets])];
}

type FilledBucket = Bucket & { readonly amount: Rupees };

const sectionByCode = new Map([
  ["1A", "111A"],
  ["2A", "112A"],
  ["21", "112"],
  ["22", "112"],
  ["21ciii", "112"],
  ["5ADii", "115AD"],
  ["5ADiii", "115AD"],
]);

/**
 * Several sections share a rate: 12.5 % is in 112 and 112A. Schedule SI decides if its rows add up to the amount of the
 * rate, and schedule CG if only one such section is filled.
 */
function sectionsOf(body: JsonObject, schedule: JsonObject | undefined, filled: readonly FilledBucket[]) {
  const atSpecialRates = objectsAt(asObject(body.ScheduleSI), "SplCodeRateTax").flatMap((row) => {
    const section = sectionByCode.get(textOf(row.SecCode) ?? "");
    const amount = amountAt(row, "SplRateInc") ?? zeroRupees;
    return section === undefined || amount === zeroRupees
      ? []
      : [{ section, amount, rate: Number(textOf(row.SplRatePercent)) }];
  });
  const onShares = amountAt(
    schedule,
    "LongTermCapGain23.SaleOfEquityShareUs112A.CapgainonAssets",
    "LongTermCapGain.SaleOfEquityShareUs112A.CapgainonAssets",
  );
  const isOpen = ({ term, ratePercent, section }: Bucket) =>
    term === "LONG" && ratePercent !== undefined && section === undefined;
  const isOnlyOne = filled.filter(isOpen).length === 1;
  return (bucket: FilledBucket): readonly CapitalGain[] => {
    const { term, ratePercent, section, amount } = bucket;
    const gain = { term, ...(ratePercent !== undefined && { ratePercent }), amount };
    if (section !== undefined) return [{ ...gain, section }];
    if (!isOpen(bucket)) return [gain];
    const rows = atSpecialRates.filter(({ rate, section: own }) => rate === ratePercent && own !== "111A");
    const total = sumOfReported(rows.map((row) => row.amount));
    if (total !== null && Math.abs(total - amount) <= rounding) {
      const bySection = [...Map.groupBy(rows, (row) => row.section)];
      return bySection.map(([own, ofOne]) => ({
        ...gain,
        section: own,
        amount: addRupees(...ofOne.map((row) => row.amount)),
      }));
    }
    if (!isOnlyOne || onShares === null) return [gain];
    const rest = subtractRupees(amount, onShares);
    return [
      { ...gain, section: "112A", amount: onShares },
      { ...gain, section: "112", amount: rest },
    ].filter((each) => each.amount !== zeroRupees);
  };
}

export function readLosses(told: ReturnBody, incomeYear: IncomeYear): Losses | undefined {
  const { body, isWhole } = told;
  const simple = simpleIncome(told);
  if (simple) {
    if (!isWhole) return undefined;
    const house = amountAt(simple, "TotalIncomeOfHP", "TotalIncomeChargeableUnHP") ?? zeroRupees;
    const setOffThisYear = house < zeroRupees ? negateRupees(house) : zeroRupees;
    return { setOffThisYear, broughtForwardSetOff: zeroRupees, carriedForward: zeroRupees, entries: [] };
  }
  const partB = asObject(body.PartB_TI);
  const schedule = asObject(body.ScheduleCFL);
  const depreciation = asObject(body.ITR3ScheduleUD) ?? asObject(body.ScheduleUD);
  const entries = [...carriedLosses(schedule, incomeYear), ...carriedDepreciation(depreciation, incomeYear)];
  const isTold = schedule !== undefined || depreciation !== undefined;
  const losses = {
    setOffThisYear: amountAt(partB, "CurrentYearLoss"),
    broughtForwardSetOff: amountAt(partB, "BroughtFwdLossesSetoff"),
    carriedForward: isTold
      ? (sumOfReported(entries.map(({ amount }) => amount)) ?? zeroRupees)
      : (amountAt(partB, "LossesOfCurrentYearCarriedFwd") ?? (isWhole ? zeroRupees : null)),
  };
  return !isTold && Object.values(losses).every((amount) => amount === null) ? undefined : { ...losses, entries };
}

/** The columns of schedule CFL, by their names in newer and older forms. */
const columns: readonly (readonly [Word<"IncomeHead">, readonly string[]])[] = [
  ["HOUSE_PROPERTY", ["TotalHPPTILossCF", "HPLossCF"]],
  ["BUSINESS", ["BusLossOthThanSpecLossCF"]],
  ["SPECULATION", ["LossFrmSpecBusCF"]],
  ["OTHER", ["LossFrmSpecifiedBusCF"]],
  ["SHORT_TERM_GAINS", ["TotalSTCGPTILossCF", "STCGLossCF"]],
  ["LONG_TERM_GAINS", ["TotalLTCGPTILossCF", "LTCGLossCF"]],
  ["OTHER", ["OthSrcLossRaceHorseCF"]],
];

interface YearRow {
  readonly incomeYear: IncomeYear | undefined;
  readonly detail: JsonObject;
}

/**
 * The schedule has each year's loss as it was brought forward, but only the sum of what is carried on. The rest of each
 * year is known if none of the head's loss was used, or if only one year has a loss.
 */
function carriedLosses(schedule: JsonObject | undefined, incomeYear: IncomeYear): readonly CarriedLoss[] {
  const thisYear = asObject(valueAt(schedule ?? {}, "CurrentAYloss.LossSummaryDetail"));
  const rows: readonly YearRow[] = [
    ...yearRows(schedule),
    ...(thisYear === undefined ? [] : [{ incomeYear, detail: thisYear }]),
  ];
  return columns.flatMap(([head, names]): readonly CarriedLoss[] => {
    const left = amountAt(asObject(valueAt(schedule ?? {}, "TotalLossCFSummary.LossSummaryDetail")), ...names);
    const parts = rows.flatMap(({ incomeYear: year, detail }) => {
      const amount = amountAt(detail, ...names) ?? zeroRupees;
      return amount === zeroRupees ? [] : [{ head, incomeYear: year, amount }];
    });
    if (left === null || left === zeroRupees) return left === null ? parts : [];
    const [only, other] = parts;
    if (only !== undefined && other === undefined) return [{ ...only, amount: left }];
    const sum = sumOfReported(parts.map(({ amount }) => amount)) ?? zeroRupees;
    return Math.abs(sum - left) <= rounding ? parts : [{ head, amount: left }];
  });
}

/** A key keeps the name of the first form that had it: its year is the year in which the loss was filed. */
const assessmentYearByKey = new Map<string, number>([
  ["LossCFCurrentAssmntYear", 2019],
  ["LossCFFromPrevYrToAY", 2018],
  ["LossCFFromPrev2ndYearFromAY", 2017],
  ["LossCFFromPrev3rdYearFromAY", 2016],
  ...[4, 5, 6, 7, 8, 9].map((back) => [`LossCFFromPrev${back}thYearFromAY`, 2019 - back] as const),
]);

function yearRows(schedule: JsonObject | undefined): readonly YearRow[] {
  return Object.entries(schedule ?? {}).flatMap(([key, row]) => {
    const detail = asObject(asObject(row)?.CarryFwdLossDetail);
    return detail === undefined ? [] : [{ incomeYear: yearOfLoss(key, detail), detail }];
  });
}

/** A loss is carried forward only if its return was filed in time, which is within its assessment year. */
function yearOfLoss(key: string, detail: JsonObject): IncomeYear | undefined {
  const filedOn = readCalendarDate(textOf(detail.DateOfFiling) ?? "");
  const named = /^LossCFCurrentAssmntYear(\d{4})$/.exec(key)?.[1];
  if (named !== undefined) return incomeYearStarting(Number(named) - 2);
  if (filedOn !== undefined)
    return incomeYearStarting(Number(filedOn.slice(0, 4)) - (filedOn.slice(5) < "04-01" ? 2 : 1));
  return incomeYearStarting((assessmentYearByKey.get(key) ?? NaN) - 1);
}

function carriedDepreciation(schedule: JsonObject | undefined, incomeYear: IncomeYear): readonly CarriedLoss[] {
  const left = amountAt(schedule, "TotDepritBalCFNY") ?? zeroRupees;
  if (left === zeroRupees) return [];
  const isOfThisYear = amountAt(schedule, "CurBalCFNY") === left;
  return [{ head: "DEPRECIATION", ...(isOfThisYear && { incomeYear }), amount: left }];
}
