import {
  type Word,
  readCalendarDate,
  type CalendarDate,
  dueDateOf,
  dueDateOfForm,
  firstYearHeld,
  type FilerGroup,
  withinRupees,
  type ReturnDetails,
  type ReturnUpdate,
  subtractRupees,
  type IncomeYear,
} from "../../domain";
import { asObject, textOf, type JsonObject } from "../../kernel";
import { readBusiness } from "./readBusiness";
import { readGains, readLosses } from "./readGains";
import {
  objectsAt,
  readDeductions,
  readExemptIncome,
  readHouses,
  readOtherIncome,
  readSalaries,
  type ReturnBody,
} from "./readIncome";
import { amountAt } from "./returnFigures";
import { valueAt } from "./returnLayout";

interface ReturnHead {
  readonly incomeYear: IncomeYear;
  readonly filingStatus: JsonObject;
}

/** What a return says beyond its totals. */
export function readReturnDetails(told: ReturnBody, { incomeYear, filingStatus }: ReturnHead): ReturnDetails {
  const orNothing = <Fact>(read: () => Fact): Fact | undefined => withinRupees<Fact | undefined>(read, undefined);
  return {
    verifiedOn: verifiedOn(told.body),
    residentialStatus: residentialStatusOf(told, filingStatus),
    salaries: orNothing(() => readSalaries(told)),
    houseProperties: orNothing(() => readHouses(told)),
    business: orNothing(() => readBusiness(told)),
    capitalGains: orNothing(() => readGains(told, incomeYear)),
    losses: orNothing(() => readLosses(told, incomeYear)),
    otherIncome: orNothing(() => readOtherIncome(told)),
    ...orNothing(() => readExemptIncome(told)),
    deductionsBySection: orNothing(() => readDeductions(told)),
    update: orNothing(() => readUpdate(told.body)),
  };
}

/** Firms and companies have the date inside the declaration. */
function verifiedOn(body: JsonObject): CalendarDate | undefined {
  const date = textOf(valueAt(body, "Verification.Date")) ?? textOf(valueAt(body, "Verification.Declaration.Date"));
  return date === undefined ? undefined : readCalendarDate(date);
}

const residentialStatusByCode = new Map<string, Word<"ResidentialStatus">>([
  ["RES", "RESIDENT"],
  ["NOR", "NOT_ORDINARILY_RESIDENT"],
  ["NRI", "NON_RESIDENT"],
]);

/** Reads "RES", "NOR" and "NRI". */
export function residentialStatusFromCode(code: string): Word<"ResidentialStatus"> | undefined {
  return residentialStatusByCode.get(code.toUpperCase());
}

/** The simple forms do not ask, because only residents may file them. */
function residentialStatusOf(
  { form, isWhole }: ReturnBody,
  filingStatus: JsonObject,
): Word<"ResidentialStatus"> | undefined {
  const told = residentialStatusFromCode(textOf(filingStatus.ResidentialStatus) ?? "");
  if (told !== undefined || !isWhole) return told;
  return form === "ITR_1" || form === "ITR_4" ? "RESIDENT" : undefined;
}

/**
 * The last day to file. The form, the answers about audit and the month of the printed due date say which group's date
 * applies. The printed day itself is outdated by extensions.
 */
export function dueOnOf(told: ReturnBody, { incomeYear, filingStatus }: ReturnHead): CalendarDate | undefined {
  if (incomeYear < firstYearHeld) return undefined;
  const group = groupOf(told, printedMonth(filingStatus));
  return dueDateOfForm(told.form, incomeYear) ?? (group && dueDateOf(incomeYear, group));
}

function groupOf({ form, body }: ReturnBody, month: string | undefined): FilerGroup | undefined {
  const partnerships = objectsAt(asObject(body.ScheduleIF), "PartnerFirmDetails");
  // A partner has the due date of the firm.
  const isOfFirm = (question: string) => partnerships.some((firm) => answerOf(firm[question]) === "Y");
  const [isAudited, dealsAbroad] = [auditAnswer(body, "LiableSec44ABflg"), auditAnswer(body, "LiableSec92Eflg")];
  if (dealsAbroad === "Y" || isOfFirm("Sec92EFirmFlag") || month === "11") return "TRANSFER_PRICING";
  if (isAudited === "Y" || isOfFirm("IsLiableToAudit") || month === "10") return "AUDIT";
  // Every company is audited.
  if (form === "ITR_6") return dealsAbroad === "N" ? "AUDIT" : undefined;
  return isAudited === "N" || ["07", "08", "09"].includes(month ?? "") ? "BUSINESS" : undefined;
}

const auditBlocks = ["PartA_GEN2.AuditInfo", "PartA_GEN2", "PartA_GEN2For6"];

function auditAnswer(body: JsonObject, question: string): string | undefined {
  const answers = auditBlocks.map((block) => answerOf(asObject(valueAt(body, block))?.[question]));
  return answers.find((answer) => answer !== undefined);
}

function answerOf(value: unknown): string | undefined {
  return textOf(value)?.toUpperCase();
}

function printedMonth(filingStatus: JsonObject): string | undefined {
  return /^\d{4}-(\d{2})-\d{2}$/.exec(textOf(filingStatus.ItrFilingDueDate) ?? "")?.[1];
}

const reasonByCode = new Map<string, Word<"UpdateReason">>([
  ["1", "NOT_FILED_BEFORE"],
  ["2", "INCOME_NOT_REPORTED"],
  ["3", "WRONG_HEAD_OF_INCOME"],
  ["4", "CARRIED_LOSS_REDUCED"],
  ["5", "UNABSORBED_DEPRECIATION_REDUCED"],
  ["6", "TAX_CREDIT_REDUCED"],
  ["7", "WRONG_RATE"],
]);

/** An updated return has two more parts, beside the return as it is now. */
function readUpdate(body: JsonObject): ReturnUpdate | undefined {
  const partA = asObject(body.PartA_139_8A);
  const partB = asObject(body.PartB_ATI);
  if (partA === undefined && partB === undefined) return undefined;
  const netPayable = amountAt(partB, "NetPayable");
  const taxPaid = amountAt(partB, "TaxUS140B");
  const left =
    netPayable === null || taxPaid === null
      ? null
      : subtractRupees(netPayable, taxPaid < netPayable ? taxPaid : netPayable);
  return {
    reasons: objectsAt(partA, "UpdatingInc.ReasonsForUpdatingIncDtls").map(
      (row) => reasonByCode.get(textOf(row.ReasonsForUpdatingIncome) ?? "") ?? "OTHER",
    ),
    additionalTax: amountAt(partB, "AddtnlIncTax"),
    netPayable,
    taxPaid,
    balancePayable: amountAt(partB, "TaxDue10_11") ?? left,
  };
}
