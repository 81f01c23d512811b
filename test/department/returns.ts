import { readCalendarDate } from "../../src/domain/calendarDate";
import type { Filing, ReturnForm } from "../../src/domain/filing/filing";
import { maskAccountNumber } from "../../src/domain/masks";
import { rupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { JsonObject } from "../../src/kernel/json";
import { testPersona } from "../support/persona";

export const forms = ["ITR_1", "ITR_2", "ITR_3", "ITR_4"] as const;
/** From the assessment year 2021-22 to 2026-27. */
export const incomeYears = [2020, 2021, 2022, 2023, 2024, 2025] as const;

export const person = testPersona({
  fullAadhaar: "234567890124",
  fullBankAccounts: [
    {
      accountNumber: "00501234567890",
      kind: "SAVINGS",
      bankName: "Invented Bank",
      ifsc: "INVB0000001",
      isForRefund: true,
    },
    { accountNumber: "998877665", kind: "OVERDRAFT", bankName: "Other Bank", ifsc: "OTHB0000002", isForRefund: false },
  ],
});

/** A return with a different figure on every line, so that a swapped line shows. */
export function someFiling(form: ReturnForm, incomeYear: number, changes: Partial<Filing> = {}): Filing {
  return {
    incomeYear: incomeYear as IncomeYear,
    form,
    kind: "BELATED",
    section: "139(4)",
    filedOn: readCalendarDate(`${incomeYear + 1}-11-20`),
    dueOn: readCalendarDate(`${incomeYear + 1}-07-31`),
    timeliness: "LATE",
    status: "PROCESSED",
    statusHistory: [],
    regime: "NEW",
    incomeHeads: {
      salary: rupees(1_200_001),
      houseProperty: rupees(-150_000),
      businessOrProfession: rupees(300_003),
      capitalGains: rupees(100_004),
      otherSources: rupees(12_345),
    },
    grossTotalIncome: rupees(1_462_353),
    deductions: rupees(62_350),
    totalIncome: rupees(1_400_010),
    tax: {
      taxOnTotalIncome: rupees(140_001),
      rebate: rupees(1_002),
      surcharge: rupees(13_903),
      cess: rupees(6_116),
      grossTaxLiability: rupees(159_018),
      relief: rupees(1_005),
      netTaxLiability: rupees(158_013),
      interest: rupees(2_406),
      lateFilingFee: rupees(5_007),
      totalPayable: rupees(165_426),
    },
    taxesPaid: {
      advanceTax: rupees(20_001),
      taxDeducted: rupees(130_002),
      taxCollected: rupees(3_003),
      selfAssessmentTax: rupees(4_004),
      total: rupees(157_010),
      balancePayable: rupees(8_416),
    },
    refund: { claimed: rupees(77) },
    demand: null,
    bankAccounts: [
      {
        accountNumber: maskAccountNumber("00501234567890")!,
        kind: "SAVINGS",
        bankName: "Invented Bank",
        ifsc: "INVB0000001",
        isForRefund: true,
      },
      {
        accountNumber: maskAccountNumber("998877665")!,
        kind: "OVERDRAFT",
        bankName: "Other Bank",
        ifsc: "OTHB0000002",
        isForRefund: false,
      },
    ],
    ...changes,
  };
}

/** The fields that its form has. A return does not hold its filing date, status and acknowledgement number. */
export function asTold(filing: Filing): Filing {
  const { form, incomeYear, incomeHeads, tax } = filing;
  const isSimple = form === "ITR_1" || form === "ITR_4";
  return {
    ...filing,
    acknowledgementNumber: undefined,
    filedOn: undefined,
    dueOn: undefined,
    status: "UNKNOWN",
    statusHistory: [],
    demand: null,
    incomeHeads: incomeHeads && {
      ...incomeHeads,
      businessOrProfession: form === "ITR_1" || form === "ITR_2" ? null : incomeHeads.businessOrProfession,
      capitalGains: isSimple && incomeYear < 2024 ? null : incomeHeads.capitalGains,
    },
    tax: tax && { ...tax, surcharge: isSimple ? null : tax.surcharge },
  };
}

const beyondHeadline: readonly string[] = [
  "dueOn",
  "verifiedOn",
  "residentialStatus",
  "salaries",
  "houseProperties",
  "business",
  "capitalGains",
  "losses",
  "otherIncome",
  "agriculturalIncome",
  "exemptIncome",
  "deductionsBySection",
  "update",
] satisfies (keyof Filing)[];

/** Without what a return says beyond its totals, and the due date that follows from its form. */
export function headlineOf(filing: Filing | undefined): Partial<Filing> | undefined {
  return filing && Object.fromEntries(Object.entries(filing).filter(([name]) => !beyondHeadline.includes(name)));
}

/** A copy of a file with one member replaced, by its path. */
export function withMember(file: JsonObject, path: string, member: unknown): JsonObject {
  const copy = JSON.parse(JSON.stringify(file)) as Record<string, unknown>;
  const keys = path.split(".");
  let block = copy;
  for (const key of keys.slice(0, -1)) block = (block[key] ??= {}) as Record<string, unknown>;
  block[keys.at(-1)!] = member;
  return copy;
}
