import { type Filing, type ReturnForm, incomeHeadNames, type IncomeHeadName } from "../filing";
import { roundToTen } from "../tax";
import { rupees, subtractRupees, sumOfReported, zeroRupees, type Rupees } from "../rupees";
import { failed, notPossible, passed, type Finding } from "./check";

/** Incomes, taxes and refunds are rounded to ten rupees, sections 288A and 288B, and files do it at different steps. */
const tolerance = rupees(10);

const simpleHeads: readonly IncomeHeadName[] = ["salary", "houseProperty", "otherSources"];

/** What a simple form does not have is not missing from it. */
const headsByForm: Partial<Record<ReturnForm, readonly IncomeHeadName[]>> = {
  ITR_1: simpleHeads,
  ITR_2: [...simpleHeads, "capitalGains"],
  ITR_4: [...simpleHeads, "businessOrProfession"],
};

/** Only these are for people whose losses of earlier years can lower the sum. */
const hasNoEarlierLosses: readonly ReturnForm[] = ["ITR_1", "ITR_4"];

export function headsAddUp({ form, incomeHeads, grossTotalIncome: found, losses }: Filing): Finding {
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

export function totalIncomeAddsUp(filing: Filing): Finding {
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

export function settlementAddsUp({ tax, taxesPaid, refund, demand }: Filing): Finding {
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
