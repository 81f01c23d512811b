import type { Word } from "../../src/domain";
import type { Filing, FilingKind, IncomeHeads } from "../../src/domain/filing/filing";
import type { Profile } from "../../src/domain/taxpayer";
import type { Persona } from "../../src/providers/persona";

/** Of the cast's company nobody knows the figures: KwikID and Finpass have no file of its returns. */
export function hasFile({ form }: Pick<Filing, "form">): boolean {
  return form !== "ITR_6";
}

/** What the Department's file of a return holds of it: not what becomes of it. */
export function filingInFile(filing: Filing): Filing {
  const { form, incomeHeads, tax, refund } = filing;
  const hasSurcharge = form !== "ITR_1" && form !== "ITR_4";
  return {
    ...filing,
    timeliness: timelinessInFile(filing),
    incomeHeads: incomeHeads && { ...incomeHeads, ...headsNotIn(filing) },
    tax: tax && { ...tax, ...(hasSurcharge ? {} : { surcharge: null }) },
    refund: refund && { claimed: refund.claimed },
    demand: null,
  };
}

const formsWithCategory: readonly unknown[] = ["ITR_2", "ITR_3", "ITR_4"];

/** Some forms say what kind of person files them, and none whether the PAN is linked with the Aadhaar number. */
export function profileInFile({ profile, filings: [latest] }: Persona): Profile {
  const { name, dateOfBirth, category, email, mobile, address, aadhaar } = profile;
  const facts = { name, dateOfBirth, email, mobile, address, aadhaar, aadhaarLink: { linked: null } };
  return formsWithCategory.includes(latest?.form) ? { ...facts, category } : facts;
}

export function timelinessInFile({ kind }: Filing): Word<"Timeliness"> {
  return kind === "ORIGINAL" ? "ON_TIME" : kind === "BELATED" ? "LATE" : "UNKNOWN";
}

export function nothingOf(incomeYear: Filing["incomeYear"], kind: FilingKind): Filing {
  return {
    incomeYear,
    kind,
    form: "UNKNOWN",
    timeliness: "UNKNOWN",
    status: "UNKNOWN",
    statusHistory: [],
    regime: "UNKNOWN",
    grossTotalIncome: null,
    deductions: null,
    totalIncome: null,
    demand: null,
    bankAccounts: [],
  };
}

/** The heads of income that a form has no place for. The simple forms have one for gains since the income of 2024-25. */
function headsNotIn({ form, incomeYear }: Filing): Partial<IncomeHeads> {
  const isSimple = form === "ITR_1" || form === "ITR_4";
  return {
    ...(isSimple && incomeYear < 2024 && { capitalGains: null }),
    ...((form === "ITR_1" || form === "ITR_2") && { businessOrProfession: null }),
    ...(form === "ITR_5" && { salary: null }),
  };
}
