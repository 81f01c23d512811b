import {
  type AcknowledgementNumber,
  type CalendarDate,
  timelinessOf,
  type Filing,
  type FilingKind,
  type FilingStatus,
  filingStatusFromLabel,
  type StatusEvent,
  type TaxParticulars,
  lastDayFor,
  dueDateOf,
  daysAfter,
  roundToTen,
  addRupees,
  percentOf,
  roundToRupee,
  zeroRupees,
  type ReturnUpdate,
  type Rupees,
  type IncomeYear,
} from "../../domain";
import { detailsOf } from "./details";
import type { Facts, Story, YearIncome } from "./facts";
import { digitsFrom } from "./identity";
import { payTax } from "./payments";
import { above, filerGroupOf, formOf, computeReturn, type ComputedReturn } from "./computedReturn";
import { withholdingsOf } from "./withholding";

/** One return to be filed: its section, its day and its declared income. */
interface Plan {
  readonly kind: FilingKind;
  readonly section: string;
  readonly filedOn: CalendarDate;
  readonly income: YearIncome;
  readonly story: Story;
  /** The return that this one updates. */
  readonly updates?: Plan;
}

/** The returns of one year that are filed by today, newest first. */
export function filingsOf(facts: Facts, incomeYear: IncomeYear, story: Story, today: CalendarDate): Filing[] {
  const dueOn = dueDateOf(incomeYear, filerGroupOf(facts, facts.income(incomeYear)));
  return plansOf(facts, incomeYear, story, dueOn)
    .filter(({ filedOn }) => filedOn <= today)
    .map((plan) => filingOf(facts, incomeYear, plan, { dueOn, today }))
    .map((filing) => (facts.holder === "COMPANY" ? listedOnly(filing) : filing));
}

function plansOf(facts: Facts, incomeYear: IncomeYear, story: Story, dueOn: CalendarDate): Plan[] {
  const income = facts.income(incomeYear);
  const days = daysOf(facts, incomeYear, dueOn);
  const inTime: Plan = { kind: "ORIGINAL", section: "139(1)", filedOn: days.inTime, income, story };
  const belated: Plan = { ...inTime, kind: "BELATED", section: "139(4)", filedOn: days.belated };
  const updated: Plan = { ...inTime, kind: "UPDATED", section: "139(8A)", filedOn: days.updated };
  const forgetful: Plan = { ...inTime, income: { ...income, savingsInterest: zeroRupees } };
  switch (story) {
    case "NOT_FILED":
      return [];
    case "BELATED":
      return [belated];
    case "REVISED":
      return [
        { ...inTime, kind: "REVISED", section: "139(5)", filedOn: days.revised },
        // The revised return takes its place before the Department is through with it.
        { ...forgetful, story: "UNDER_PROCESSING" },
      ];
    case "UPDATED": {
      const updates: Plan = { ...forgetful, story: "SETTLED" };
      return [{ ...updated, updates }, updates];
    }
    case "UPDATED_FIRST":
      return [updated];
    case "DISCARDED":
      return [{ ...belated, story: "SETTLED" }, inTime];
    case "SETTLED":
    case "VERIFICATION_PENDING":
    case "UNDER_PROCESSING":
    case "DEFECTIVE":
    case "REFUND_PENDING":
    case "DEMAND":
      return [inTime];
  }
}

/** Most people file in the last week, and those who are late do so at any time that is left. */
function daysOf(facts: Facts, incomeYear: IncomeYear, dueOn: CalendarDate) {
  const number = (what: string) => Number(digitsFrom(`${facts.pan} ${incomeYear} ${what}`, 4));
  const own = facts.filedOn?.(incomeYear) as CalendarDate | undefined;
  const [early, late] = [number("early"), number("late")];
  const inTime = daysAfter(dueOn, early % 10 < 6 ? -(early % 7) : -(8 + (early % 45)));
  const belated = daysAfter(dueOn, 12 + (late % 78));
  const lastDay = lastDayFor("BELATED", incomeYear);
  return {
    inTime,
    belated: own ?? (belated < lastDay ? belated : lastDay),
    revised: daysAfter(dueOn, 20 + (late % 55)),
    updated: own ?? daysAfter(dueOn, 480 + (late % 150)),
  };
}

function filingOf(
  facts: Facts,
  incomeYear: IncomeYear,
  plan: Plan,
  { dueOn, today }: { dueOn: CalendarDate; today: CalendarDate },
): Filing {
  const { kind, section, filedOn, income, story, updates } = plan;
  // Only a late first return of a year owes the fee and the interest on delay.
  const isLate = kind === "BELATED" || story === "UPDATED_FIRST";
  const computed = computeReturn(facts, incomeYear, income, isLate ? { filedOn, dueOn } : undefined);
  const { basis, heads, grossTotalIncome, deductions, totalIncome } = computed;
  const { tax, taxesPaid } = payTax(
    withholdingsOf(facts, incomeYear),
    computed,
    { ...income, ...paymentOf(plan) },
    {
      filedOn,
      dueOn: isLate ? dueOn : filedOn,
      paysTheRest: story !== "DEMAND",
    },
  );
  const claimed = roundToTen(above(taxesPaid.total ?? zeroRupees, tax.totalPayable ?? zeroRupees));
  const history = statusHistory(story, filedOn, { hasRefund: claimed > 0, today });
  const status = history.at(-1)?.status ?? "FILED";
  const issuedOn = history.find((event) => event.status === "REFUND_ISSUED")?.occurredOn;
  const form = formOf(facts, income, totalIncome);
  const paidBefore = updates && filingOf(facts, incomeYear, updates, { dueOn, today }).taxesPaid?.selfAssessmentTax;
  return {
    acknowledgementNumber: acknowledgementOf(`${facts.pan} ${incomeYear} ${kind}`, filedOn),
    incomeYear,
    form,
    kind,
    section,
    filedOn,
    dueOn,
    timeliness: timelinessOf(filedOn, dueOn),
    status,
    statusHistory: history,
    regime: facts.holder === "FIRM" ? "UNKNOWN" : basis.regime,
    incomeHeads: heads,
    grossTotalIncome,
    deductions,
    totalIncome,
    tax,
    ...(form !== "ITR_1" && form !== "ITR_4" && { particulars: particularsOf(facts, income, computed) }),
    taxesPaid,
    ...(claimed > 0 && { refund: { claimed, ...(issuedOn && { issuedOn }) } }),
    demand: status === "DEMAND_RAISED" ? taxesPaid.balancePayable : zeroRupees,
    bankAccounts: [],
    verifiedOn: filedOn,
    residentialStatus: facts.residence === "NRI" ? "NON_RESIDENT" : "RESIDENT",
    ...detailsOf({ facts, income, computed, form }),
    ...(kind === "UPDATED" && {
      update: updateOf(plan, incomeYear, above(taxesPaid.selfAssessmentTax ?? zeroRupees, paidBefore ?? zeroRupees)),
    }),
  };
}

/** What an updated return adds was not paid in advance. */
function paymentOf({ kind }: Plan): Pick<YearIncome, "paysNoAdvance"> {
  return kind === "UPDATED" ? { paysNoAdvance: true } : {};
}

/** With tax and interest, a quarter of them is paid on top, and a half after the first year (section 140B). */
function updateOf({ filedOn, updates }: Plan, incomeYear: IncomeYear, taxDue: Rupees): ReturnUpdate {
  const isInFirstYear = filedOn <= `${incomeYear + 3}-03-31`;
  const additionalTax = roundToRupee(percentOf(taxDue, isInFirstYear ? 25 : 50));
  const netPayable = addRupees(taxDue, additionalTax);
  return {
    reasons: [updates === undefined ? "NOT_FILED_BEFORE" : "INCOME_NOT_REPORTED"],
    additionalTax,
    netPayable,
    taxPaid: netPayable,
    balancePayable: zeroRupees,
  };
}

function particularsOf(facts: Facts, income: YearIncome, { specialRates }: ComputedReturn): TaxParticulars {
  return {
    ...((facts.holder === "FIRM" || facts.holder === "COMPANY") && { isFirm: true }),
    dividend: income.dividend ?? zeroRupees,
    ...(specialRates.length > 0 && { specialRates }),
    farmIncomeForRate: income.agriculturalIncome ?? zeroRupees,
    specialRateIncome: addRupees(...specialRates.map((line) => line.income)),
    specialRateTax: addRupees(...specialRates.map((line) => line.tax)),
  };
}

/** The figures of the company are unknown: only the filing itself is reported. */
function listedOnly(filing: Filing): Filing {
  const { acknowledgementNumber, incomeYear, form, kind, section, filedOn, dueOn, timeliness } = filing;
  const { status, statusHistory, bankAccounts, verifiedOn, residentialStatus } = filing;
  return {
    ...{ acknowledgementNumber, incomeYear, form, kind, section, filedOn, dueOn, timeliness },
    ...{ status, statusHistory, bankAccounts, verifiedOn, residentialStatus },
    regime: "UNKNOWN",
    grossTotalIncome: null,
    deductions: null,
    totalIncome: null,
    particulars: { isFirm: true },
    demand: null,
  };
}

type Step = readonly [daysLater: number, status: FilingStatus, label: string];

const filed: Step = [0, "FILED", "ITR Filed"];
const pending: Step = [0, "VERIFICATION_PENDING", "Pending for e-verification"];
/** A discarded return counts as never filed. The status follows from the label. */
const discardedLabel = "Return discarded by the taxpayer, invalid";
const discarded: Step = [5, filingStatusFromLabel(discardedLabel), discardedLabel];
const verified: Step = [2, "VERIFIED", "Successfully e-verified"];
const underProcess: Step = [8, "UNDER_PROCESSING", "Under processing"];
const defective: Step = [12, "DEFECTIVE", "Defective: notice under section 139(9) issued"];
const processed: Step = [24, "PROCESSED", "Processed with no demand no refund"];
const refundDue: Step = [24, "PROCESSED", "Processed with refund due"];
const refundPaid: Step = [31, "REFUND_ISSUED", "Refund paid"];
const demandDue: Step = [24, "DEMAND_RAISED", "Processed with demand due"];

/** The events that the portal lists so far. */
function statusHistory(
  story: Story,
  filedOn: CalendarDate,
  { hasRefund, today }: { hasRefund: boolean; today: CalendarDate },
): readonly StatusEvent[] {
  return stepsOf(story, hasRefund)
    .map(([days, status, label]) => ({ status, label, occurredOn: daysAfter(filedOn, days) }))
    .filter(({ occurredOn }) => occurredOn <= today);
}

function stepsOf(story: Story, hasRefund: boolean): readonly Step[] {
  const start = [filed, pending, verified];
  switch (story) {
    case "VERIFICATION_PENDING":
      return [filed, pending];
    case "UNDER_PROCESSING":
      return [...start, underProcess];
    case "DEFECTIVE":
      return [...start, underProcess, defective];
    case "DEMAND":
      return [...start, underProcess, demandDue];
    case "REFUND_PENDING":
      return [...start, underProcess, refundDue];
    case "SETTLED":
    case "BELATED":
    case "REVISED":
    case "UPDATED":
    case "UPDATED_FIRST":
      return [...start, underProcess, ...(hasRefund ? [refundDue, refundPaid] : [processed])];
    case "DISCARDED":
      return [filed, pending, discarded];
    case "NOT_FILED":
      return [];
  }
}

/** Nine digits and the day of filing, as most of the portal's numbers are. */
function acknowledgementOf(seed: string, filedOn: CalendarDate): AcknowledgementNumber {
  const [year = "", month = "", day = ""] = filedOn.split("-");
  const serial = 100_000_000 + (Number(digitsFrom(seed, 9)) % 900_000_000);
  return `${serial}${day}${month}${year.slice(2)}` as AcknowledgementNumber;
}
