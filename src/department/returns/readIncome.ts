import {
  type Word,
  type ReturnForm,
  readTan,
  type Deduction,
  type HousePropertyIncome,
  type OtherIncome,
  type SalaryIncome,
  rupees,
  subtractRupees,
  sumOfReported,
  zeroRupees,
  type Rupees,
} from "../../domain";
import { asList, asObject, textOf, type JsonObject } from "../../kernel";
import { amountAt } from "./returnFigures";
import { valueAt } from "./returnLayout";

/** A return, with the facts that its readers depend on. */
export interface ReturnBody {
  readonly form: ReturnForm;
  readonly body: JsonObject;
  /** The totals exist. So a missing schedule is an empty one. */
  readonly isWhole: boolean;
}

/** ITR-1 and ITR-4 have one block for all incomes. The other forms have schedules. */
export function simpleIncome({ form, body }: ReturnBody): JsonObject | undefined {
  if (form === "ITR_1") return asObject(body.ITR1_IncomeDeductions);
  return form === "ITR_4" ? asObject(body.IncomeDeductions) : undefined;
}

export function objectsAt(block: JsonObject | undefined, path: string): readonly JsonObject[] {
  return asList(block && valueAt(block, path))
    .map(asObject)
    .filter((row) => row !== undefined);
}

const rounding = rupees(10);

function isNothing(amount: Rupees | null): boolean {
  return amount === null || amount === zeroRupees;
}

/** One for each employer. The tax deducted is in another schedule, under the employer's TAN. */
export function readSalaries(told: ReturnBody): readonly SalaryIncome[] | undefined {
  const simple = simpleIncome(told);
  if (simple) return salariesOfSimple(simple, told);
  const schedule = asObject(told.body.ScheduleS);
  const employers = objectsAt(schedule, "Salaries").map((row) => ({
    employer: textOf(row.NameOfEmployer),
    tan: readTan(textOf(row.TANofEmployer) ?? ""),
    gross: amountAt(asObject(row.Salarys), "GrossSalary"),
  }));
  const deductions = deductionsFromSalary(told.body, "ScheduleTDS1.TDSonSalary");
  const isOf = (one: Employer, other: Employer) =>
    one.tan !== undefined && other.tan !== undefined ? one.tan === other.tan : one.employer === other.employer;
  const salaries = employers.map((each) => {
    const own = deductions.filter((deduction) => isOf(each, deduction)).map(({ taxDeducted }) => taxDeducted);
    return { ...each, taxDeducted: sumOfReported(own) ?? (deductions.length > 0 ? zeroRupees : null) };
  });
  const others = deductions.filter((deduction) => !employers.some((each) => isOf(each, deduction)));
  const all = [
    ...salaries,
    ...others.map(({ employer, tan, taxDeducted }) => ({ employer, tan, gross: null, taxDeducted })),
  ];
  if (all.length > 0) return all;
  const gross = amountAt(schedule, "TotalGrossSalary") ?? amountAt(told.body, "PartB_TI.Salaries");
  return isNothing(gross) ? noneIf(told.isWhole) : [{ gross, taxDeducted: null }];
}

function salariesOfSimple(income: JsonObject, { body, isWhole }: ReturnBody): readonly SalaryIncome[] | undefined {
  const deductions = deductionsFromSalary(body, "TDSonSalaries.TDSonSalary");
  const gross = amountAt(income, "GrossSalary") ?? amountAt(income, "IncomeFromSal");
  const [first, second] = deductions;
  if (first === undefined) return isNothing(gross) ? noneIf(isWhole) : [{ gross, taxDeducted: null }];
  if (second === undefined) return [{ ...employerOf(first), gross, taxDeducted: first.taxDeducted }];
  // The form has one sum for all employers. The employers' own figures are used only if they add up to it.
  const parts = sumOfReported(deductions.map(({ income: part }) => part));
  const addsUp = parts !== null && gross !== null && Math.abs(parts - gross) <= rounding;
  return deductions.map((each) => ({
    ...employerOf(each),
    gross: addsUp ? each.income : null,
    taxDeducted: each.taxDeducted,
  }));
}

interface Employer {
  readonly employer: string | undefined;
  readonly tan: string | undefined;
}

function employerOf({ employer, tan }: Employer): Employer {
  return { employer, tan };
}

function deductionsFromSalary(body: JsonObject, path: string) {
  return objectsAt(body, path).map((row) => {
    const employer = asObject(row.EmployerOrDeductorOrCollectDetl);
    return {
      employer: textOf(employer?.EmployerOrDeductorOrCollecterName),
      tan: readTan(textOf(employer?.TAN) ?? ""),
      income: amountAt(row, "IncChrgSal"),
      taxDeducted: amountAt(row, "TotalTDSSal"),
    };
  });
}

/** Forms of some years write yes for let out and no for not let out. */
const useByLetter = new Map<string, Word<"HouseUse">>([
  ["S", "SELF_OCCUPIED"],
  ["N", "SELF_OCCUPIED"],
  ["L", "LET_OUT"],
  ["Y", "LET_OUT"],
  ["D", "DEEMED_LET_OUT"],
]);

function useOf(letter: unknown): Word<"HouseUse"> {
  return useByLetter.get(textOf(letter)?.toUpperCase() ?? "") ?? "UNKNOWN";
}

export function readHouses(told: ReturnBody): readonly HousePropertyIncome[] | undefined {
  const simple = simpleIncome(told);
  const houses = objectsAt(simple ?? asObject(told.body.ScheduleHP), "PropertyDetails").map((house) => {
    const rent = asObject(house.Rentdetails);
    return {
      use: useOf(house.ifLetOut),
      grossRent: amountAt(rent, "AnnualLetableValue"),
      interestOnLoan: amountAt(rent, "IntOnBorwCap", "Section24B.TotalInterestUs24B"),
      income: amountAt(rent, "IncomeOfHP"),
    };
  });
  if (houses.length > 0) return houses;
  if (simple === undefined)
    return isNothing(amountAt(told.body, "PartB_TI.IncomeFromHP")) ? noneIf(told.isWhole) : undefined;
  const house = {
    use: useOf(simple.TypeOfHP),
    grossRent: amountAt(simple, "GrossRentReceived"),
    interestOnLoan: amountAt(simple, "InterestPayable"),
    income: amountAt(simple, "TotalIncomeOfHP", "TotalIncomeChargeableUnHP"),
  };
  const isEmpty = [house.grossRent, house.interestOnLoan, house.income].every(isNothing);
  return isEmpty && house.use === "UNKNOWN" ? noneIf(told.isWhole) : [house];
}

type Reported = readonly [kind: Word<"OtherIncomeKind">, amount: Rupees | null, ratePercent?: number];

/** One for each kind and rate in the return. */
export function readOtherIncome(told: ReturnBody): readonly OtherIncome[] | undefined {
  const simple = simpleIncome(told);
  const schedule = asObject(told.body.ScheduleOS);
  const parts = simple ? simpleParts(simple) : scheduleParts(schedule);
  const byKind = Map.groupBy(parts, ([kind, , ratePercent]) => `${kind} ${ratePercent ?? ""}`);
  const incomes = [...byKind.values()].flatMap((ofKind): OtherIncome[] => {
    const [first] = ofKind;
    const amount = sumOfReported(ofKind.map(([, each]) => each));
    if (first === undefined || amount === null || amount === zeroRupees) return [];
    const [kind, , ratePercent] = first;
    return [ratePercent === undefined ? { kind, amount } : { kind, amount, ratePercent }];
  });
  if (incomes.length > 0) return incomes;
  const total = simple ? amountAt(simple, "IncomeOthSrc") : amountAt(told.body, "PartB_TI.IncFromOS.TotIncFromOS");
  return isNothing(total) ? noneIf(told.isWhole) : undefined;
}

const kindByCode = new Map<string, Word<"OtherIncomeKind">>([
  ["SAV", "INTEREST"],
  ["IFD", "INTEREST"],
  ["TAX", "REFUND_INTEREST"],
  ["FAP", "FAMILY_PENSION"],
  ["DIV", "DIVIDEND"],
]);

/** Interest on provident funds has separate codes, such as "10(11)(iP)". */
const providentFund = /^10\(1[12]\)/;

function simpleParts(income: JsonObject): readonly Reported[] {
  return objectsAt(income, "OthersInc.OthersIncDtlsOthSrc").map((row): Reported => {
    const code = textOf(row.OthSrcNatureDesc)?.toUpperCase() ?? "";
    const kind = kindByCode.get(code) ?? (providentFund.test(code) ? "INTEREST" : "OTHER");
    return [kind, amountAt(row, "OthSrcOthAmount")];
  });
}

const interestLines = ["IntrstFrmSavingBank", "IntrstFrmTermDeposit", "IntrstFrmOthers", "NatofPassThrghIncome"];

/** Income at special rates is not part of the income at slab rates. */
function scheduleParts(schedule: JsonObject | undefined): readonly Reported[] {
  const incomes = asObject(schedule?.IncOthThanOwnRaceHorse);
  if (incomes === undefined) return [];
  const refundInterest = amountAt(incomes, "IntrstFrmIncmTaxRefund");
  const allInterest = amountAt(incomes, "InterestGross");
  const interest =
    allInterest === null
      ? sumOfReported(interestLines.map((line) => amountAt(incomes, line)))
      : subtractRupees(allInterest, refundInterest ?? zeroRupees);
  const dividend = amountAt(incomes, "DividendGross");
  const familyPension = amountAt(incomes, "FamilyPension");
  const named = sumOfReported([interest, refundInterest, dividend, familyPension]) ?? zeroRupees;
  const bySlabs = amountAt(incomes, "GrossIncChrgblTaxAtAppRate");
  const rest =
    bySlabs === null
      ? sumOfReported(["RentFromMachPlantBldgs", "Tot562x", "AnyOtherIncome"].map((line) => amountAt(incomes, line)))
      : subtractRupees(bySlabs, named);
  return [
    ["INTEREST", interest],
    ["REFUND_INTEREST", refundInterest],
    ["DIVIDEND", dividend],
    ["FAMILY_PENSION", familyPension],
    ["LOTTERY", amountAt(incomes, "LtryPzzlChrgblUs115BB"), 30],
    ["LOTTERY", amountAt(incomes, "IncChrgblUs115BBJ"), 30],
    ["OTHER", amountAt(incomes, "IncChrgblUs115BBE"), 60],
    ["OTHER", amountAt(schedule, "IncFromOwnHorse.BalanceOwnRaceHorse")],
    ["OTHER", rest !== null && rest < zeroRupees ? null : rest],
  ];
}

interface ExemptIncome {
  readonly agriculturalIncome: Rupees | undefined;
  readonly exemptIncome: Rupees | undefined;
}

/** The sum includes income from farming, which is exempt as well. */
export function readExemptIncome(told: ReturnBody): ExemptIncome {
  const none = told.isWhole ? zeroRupees : undefined;
  const simple = simpleIncome(told);
  if (simple === undefined) {
    const schedule = asObject(told.body.ScheduleEI);
    return {
      agriculturalIncome: amountAt(schedule, "NetAgriIncOrOthrIncRule7") ?? none,
      exemptIncome: amountAt(schedule, "TotalExemptInc") ?? none,
    };
  }
  const ofItr1 = asObject(simple.ExemptIncAgriOthUs10);
  const ofItr4 = asObject(asObject(told.body.TaxExmpIntIncDtls)?.OthersInc);
  const rows = [...objectsAt(ofItr1, "ExemptIncAgriOthUs10Dtls"), ...objectsAt(ofItr4, "OthersIncDtls")];
  const isFarming = (row: JsonObject) => [row.NatureDesc, row.Category].some((code) => textOf(code) === "AGRI");
  const sumOf = (some: readonly JsonObject[]) => sumOfReported(some.map((row) => amountAt(row, "OthAmount")));
  const total = amountAt(ofItr1, "ExemptIncAgriOthUs10Total") ?? amountAt(ofItr4, "OthersTotalTaxExe");
  return {
    agriculturalIncome: sumOf(rows.filter(isFarming)) ?? none,
    exemptIncome: total ?? sumOf(rows) ?? none,
  };
}

const oddSectionNames = new Map([
  ["Section80CCDEmployeeOrSE", "80CCD(1)"],
  ["Section80CCD1B", "80CCD(1B)"],
  ["Section80CCDEmployer", "80CCD(2)"],
  ["AnyOthSec80CCH", "80CCH"],
]);

function sectionOf(key: string): string | undefined {
  return oddSectionNames.get(key) ?? /^Section_?(80[A-Z0-9]+)$/i.exec(key)?.[1];
}

/** Claimed is what the taxpayer enters. Allowed is what the law and the regime permit. */
export function readDeductions(told: ReturnBody): readonly Deduction[] | undefined {
  const block = simpleIncome(told) ?? asObject(told.body.ScheduleVIA);
  const claimed = asObject(block?.UsrDeductUndChapVIA);
  const allowed = asObject(block?.DeductUndChapVIA);
  const keys = [...new Set([...Object.keys(claimed ?? {}), ...Object.keys(allowed ?? {})])];
  const ofChapter = keys.flatMap((key): Deduction[] => {
    const section = sectionOf(key);
    return section === undefined ? [] : [{ section, claimed: amountAt(claimed, key), allowed: amountAt(allowed, key) }];
  });
  const ofZone = amountAt(told.body, "PartB_TI.DeductionsUnder10Aor10AA");
  const all = [...ofChapter, { section: "10AA", claimed: null, allowed: ofZone }].filter(
    (each) => !isNothing(each.claimed) || !isNothing(each.allowed),
  );
  return all.length > 0 ? all : noneIf(told.isWhole);
}

function noneIf(isWhole: boolean): readonly [] | undefined {
  return isWhole ? [] : undefined;
}
