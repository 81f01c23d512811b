// Checks of one return: sums, dates, claimed credits and the recomputed tax.
import { type Word, vocabulary } from "../vocabulary";
import {
  type Filing,
  type ReturnForm,
  incomeHeadNames,
  type IncomeHeads,
  dueDateOf,
  filerGroups,
  firstYearHeld,
  lastDayFor,
  type FilerGroup,
} from "../filing";
import { withinRupees, rupees, subtractRupees, sumOfReported, zeroRupees, type Rupees, sumOfAll } from "../rupees";
import type { Severity } from "../answer";
import { type TaxCreditStatement, creditedTotal } from "../statements";
import type { Profile } from "../taxpayer";
import { notPossible, type Check, type Finding, failed, passed } from "./check";
import { taxRecomputed } from "./recomputedTax";
import { roundToTen } from "../tax";
import type { CalendarDate } from "../calendarDate";
import { filingDateHint } from "../identifiers";
import { taxPeriodOf } from "../taxPeriod";

export type { Check } from "./check";

/** What is known about the taxpayer beside the return. */
export interface CheckContext {
  readonly taxCredits?: TaxCreditStatement | undefined;
  readonly profile?: Profile | undefined;
}

interface Rule {
  readonly severity: Severity;
  readonly find: (filing: Filing, context: CheckContext) => Finding;
}

const rules: Record<Word<"CheckName">, Rule> = {
  HEADS_ADD_UP: { severity: "SERIOUS", find: headsAddUp },
  TOTAL_INCOME_ADDS_UP: { severity: "SERIOUS", find: totalIncomeAddsUp },
  SETTLEMENT_ADDS_UP: { severity: "SERIOUS", find: settlementAddsUp },
  FILED_IN_TIME: { severity: "WARNING", find: filedInTime },
  ACKNOWLEDGEMENT_DATED: { severity: "INFO", find: acknowledgementDated },
  TAX_CREDITS_COVER_CLAIM: {
    severity: "WARNING",
    find: (filing, { taxCredits }) => taxCreditsCoverClaim(filing, taxCredits),
  },
  TAX_RECOMPUTED: { severity: "WARNING", find: (filing, { profile }) => taxRecomputed(filing, profile) },
};

/** All checks of a return. A check without enough input is NOT_POSSIBLE. */
export function checksOf(filing: Filing, context: CheckContext = {}): readonly Check[] {
  return vocabulary.CheckName.map((name) => {
    const { severity, find } = rules[name];
    return { name, severity, ...withinRupees(() => find(filing, context), tooLarge) };
  });
}

const tooLarge = notPossible("The amounts are larger than those of any return.");

/** The serious checks that this return fails: they need the return alone. */
export function seriousFailuresIn(filing: Filing): readonly Word<"CheckName">[] {
  const serious = vocabulary.CheckName.filter((name) => rules[name].severity === "SERIOUS");
  return serious.filter((name) => withinRupees(() => rules[name].find(filing, {}), tooLarge).outcome === "FAILED");
}

/** Incomes, taxes and refunds are rounded to ten rupees, sections 288A and 288B, and files do it at different steps. */
const tolerance = rupees(10);

const simpleHeads: readonly (keyof IncomeHeads)[] = ["salary", "houseProperty", "otherSources"];

/** The heads that a simple form has. Other heads are not missing from it. */
const headsByForm: Partial<Record<ReturnForm, readonly (keyof IncomeHeads)[]>> = {
  ITR_1: simpleHeads,
  ITR_2: [...simpleHeads, "capitalGains"],
  ITR_4: [...simpleHeads, "businessOrProfession"],
};

/** Earlier losses cannot lower the sum in these forms. */
const hasNoEarlierLosses: readonly ReturnForm[] = ["ITR_1", "ITR_4"];

function headsAddUp({ form, incomeHeads, grossTotalIncome: found, losses }: Filing): Finding {
  if (incomeHeads === undefined || found === null) return notPossible("The heads of income or their sum are not told.");
  const heads = incomeHeadNames.map((name) => incomeHeads[name]);
  const earlier = losses?.broughtForwardSetOff ?? zeroRupees;
  const expected = subtractRupees(sumOfReported(heads) ?? zeroRupees, earlier);
  const positive = sumOfReported(heads.map((head) => head && (Math.max(0, head) as Rupees))) ?? zeroRupees;
  const withoutLosses = subtractRupees(positive, earlier);
  const compared = { expected, found, tolerance };
  const isBelow = found < expected - tolerance;
  // The law lets a loss be set off in part, so the sum lies between none of the losses and all of them.
  if (!isBelow && found <= withoutLosses + tolerance) {
    return { ...passed("The heads of income add up to the gross total income."), ...compared };
  }
  if ((headsByForm[form] ?? incomeHeadNames).some((name) => incomeHeads[name] === null)) {
    return notPossible("Not all heads of income are told.");
  }
  const isSetOffTold = hasNoEarlierLosses.includes(form) || (losses?.broughtForwardSetOff ?? null) !== null;
  if (isBelow && !isSetOffTold) {
    return notPossible("Losses of earlier years may have been set off, and are not told.");
  }
  return { ...failed("The heads of income do not add up to the gross total income."), ...compared };
}

/** Only these have no line for the deduction of sections 10A and 10AA, which the total of a provider may leave out. */
const hasNoExportZone: readonly ReturnForm[] = ["ITR_1", "ITR_2", "ITR_4"];

function totalIncomeAddsUp(filing: Filing): Finding {
  const { form, grossTotalIncome, deductions, totalIncome: found, deductionsBySection } = filing;
  if (grossTotalIncome === null || deductions === null || found === null) {
    return notPossible("The gross total income, the deductions or the total income is not told.");
  }
  const difference = roundToTen(subtractRupees(grossTotalIncome, deductions));
  const expected = difference > zeroRupees ? difference : zeroRupees;
  if (deductionsBySection === undefined && !hasNoExportZone.includes(form) && found < expected - tolerance) {
    return notPossible("A deduction under section 10AA may have been made, and is not told.");
  }
  return compare("The gross total income less deductions", "the total income", { expected, found });
}

function settlementAddsUp({ tax, taxesPaid, refund, demand }: Filing): Finding {
  const payable = tax?.totalPayable ?? null;
  const paid = totalPaid(taxesPaid);
  if (payable === null || paid === null) return notPossible("The tax payable or the taxes paid are not told.");
  const owed = taxesPaid?.balancePayable ?? demand;
  const claimed = refund?.claimed ?? null;
  const expected = subtractRupees(payable, paid);
  const due = expected > tolerance ? [owed] : expected + tolerance < 0 ? [claimed] : [owed, claimed];
  if (due.every((amount) => amount === null)) {
    return notPossible("Neither a refund nor a balance to pay is told that could be compared.");
  }
  const found = subtractRupees(owed ?? zeroRupees, claimed ?? zeroRupees);
  return compare("The tax payable less the taxes paid", "the balance to pay or, below zero, the refund", {
    expected,
    found,
  });
}

function totalPaid(taxesPaid: Filing["taxesPaid"]): Rupees | null {
  if (taxesPaid === undefined) return null;
  const { advanceTax, taxDeducted, taxCollected, selfAssessmentTax } = taxesPaid;
  const parts = [advanceTax, taxDeducted, taxCollected, selfAssessmentTax];
  return taxesPaid.total ?? (parts.includes(null) ? null : sumOfReported(parts));
}

function compare(what: string, withWhat: string, { expected, found }: { expected: Rupees; found: Rupees }): Finding {
  const isSame = Math.abs(expected - found) <= tolerance;
  const finding = isSame ? passed(`${what} is ${withWhat}.`) : failed(`${what} is not ${withWhat}.`);
  return { ...finding, expected, found, tolerance };
}

/** A return may leave credits unclaimed. The Department does not allow a claim that was never deposited. */
function taxCreditsCoverClaim({ incomeYear, taxesPaid }: Filing, statement: TaxCreditStatement | undefined): Finding {
  const found = taxesPaid === undefined ? null : sumOfAll([taxesPaid.taxDeducted, taxesPaid.taxCollected]);
  if (found === null) return notPossible("The return does not tell all the tax deducted or collected that it claims.");
  const expected = statement?.incomeYear === incomeYear ? creditedTotal(statement) : null;
  if (expected === null) return notPossible("No statement of the year tells what was deposited.");
  const finding =
    found <= expected + tolerance
      ? passed("The tax deducted that the return claims was deposited.")
      : failed("The return claims more tax deducted than was deposited.");
  return { ...finding, expected, found, tolerance };
}

/** The form does not say whether a business is audited or reports under section 92E. */
const groupsByForm: Record<ReturnForm, readonly FilerGroup[]> = {
  ITR_1: ["INDIVIDUAL"],
  ITR_2: ["INDIVIDUAL"],
  ITR_3: ["BUSINESS", "AUDIT", "TRANSFER_PRICING"],
  ITR_4: ["BUSINESS"],
  ITR_5: ["BUSINESS", "AUDIT", "TRANSFER_PRICING"],
  ITR_6: ["AUDIT", "TRANSFER_PRICING"],
  ITR_7: ["BUSINESS", "AUDIT", "TRANSFER_PRICING"],
  UNKNOWN: filerGroups,
};

/** Whether a return was filed within the time that its section allows. */
function filedInTime(filing: Filing): Finding {
  const { filedOn, kind, incomeYear } = filing;
  if (filedOn === undefined) return notPossible("The filing date is not told.");
  if (incomeYear < firstYearHeld) return notPossible("The last days of this year are not held.");
  if (filedOn <= taxPeriodOf(incomeYear).endsOn) return failed("The return is dated before its year had ended.");
  switch (kind) {
    case "ORIGINAL":
      return byDueDate(filedOn, dueDates(filing));
    case "BELATED":
      return dueDates(filing).every((dueOn) => filedOn <= dueOn)
        ? failed("The return is called belated, and was filed by the due date.")
        : by(filedOn, lastDayFor(kind, incomeYear), "a belated return");
    case "REVISED":
      return by(filedOn, lastDayFor(kind, incomeYear), "a revised return");
    case "UPDATED":
      return by(filedOn, lastDayFor(kind, incomeYear), "an updated return");
    case "DEFECTIVE_RESPONSE":
    case "OTHER":
      return notPossible("A return of this kind has no last day of its own, or its kind is not told.");
  }
}

function dueDates({ dueOn, form, incomeYear }: Filing): readonly CalendarDate[] {
  return dueOn === undefined ? groupsByForm[form].map((group) => dueDateOf(incomeYear, group)) : [dueOn];
}

function byDueDate(filedOn: CalendarDate, dueOn: readonly CalendarDate[]): Finding {
  if (dueOn.every((date) => filedOn <= date)) return passed("The return was filed by the due date.");
  if (dueOn.every((date) => filedOn > date)) return failed("The return was filed after the due date.");
  return notPossible("Whether the accounts are audited, on which the due date depends, is not told.");
}

function by(filedOn: CalendarDate, lastDay: CalendarDate, what: string): Finding {
  return filedOn <= lastDay
    ? passed(`The return was filed within the time for ${what}.`)
    : failed(`The return was filed after the last day for ${what}.`);
}

/** Most numbers end with the day of filing, but no rule says so. A difference is only a hint. */
function acknowledgementDated({ acknowledgementNumber, filedOn }: Filing): Finding {
  const hint = acknowledgementNumber && filingDateHint(acknowledgementNumber);
  if (hint === undefined || filedOn === undefined) {
    return notPossible("The filing date is not told, or the acknowledgement number does not end with a date.");
  }
  return hint === filedOn
    ? passed("The acknowledgement number ends with the filing date.")
    : failed("The acknowledgement number ends with another date than the filing date.");
}
