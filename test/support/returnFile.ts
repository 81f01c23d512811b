import type { Filing, FilingKind, Timeliness, IncomeHeads } from "../../src/domain/filing/filing";
import type { Profile } from "../../src/domain/taxpayer";
import type { Persona } from "../../src/providers/persona";

/** The first four forms are read. Of the files of firms and companies it is only said which they are. */
export function hasFile({ form }: Pick<Filing, "form">): boolean {
  return ["ITR_1", "ITR_2", "ITR_3", "ITR_4"].includes(form);
}

/** What the Department's file of a return holds of it: neither what becomes of it nor the day by which it was due. */
export function filingInFile(filing: Filing): Filing {
  const { form, kind, section, incomeYear, incomeHeads, tax, refund } = filing;
  if (!hasFile(filing)) return { ...nothingOf(incomeYear, kind), form, section };
  const hasSurcharge = form === "ITR_2" || form === "ITR_3";
  return {
    ...filing,
    dueOn: undefined,
    timeliness: timelinessInFile(filing),
    incomeHeads: incomeHeads && { ...incomeHeads, ...headsNotIn(filing) },
    tax: tax && { ...tax, ...(hasSurcharge ? {} : { surcharge: null }) },
    refund: refund && { claimed: refund.claimed },
    demand: null,
  };
}

/** Only the longer forms say what kind of person files them, and none whether the PAN is linked with the Aadhaar number. */
export function profileInFile({ profile, filings: [latest] }: Persona): Profile {
  const { name, dateOfBirth, category, email, mobile, address, aadhaar } = profile;
  const facts = { name, dateOfBirth, email, mobile, address, aadhaar, aadhaarLink: { linked: null } };
  return latest?.form === "ITR_1" ? facts : { ...facts, category };
}

export function timelinessInFile({ kind }: Filing): Timeliness {
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
  };
}
