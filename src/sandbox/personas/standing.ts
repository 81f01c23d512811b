import type { CalendarDate, Instant, ComplianceStatus, Filing, IncomeYear } from "../../domain";

/** Whether the latest return that fell due was filed, in the words of a compliance check. */
export function complianceOf(
  filings: readonly Filing[],
  incomeYear: IncomeYear,
  today: CalendarDate,
): ComplianceStatus {
  const checkedAt = `${today}T00:00:00.000Z` as Instant;
  const filing = filings.find((each) => each.incomeYear === incomeYear);
  if (filing === undefined) return { itrFiled: false, ...notFiled, incomeYear, checkedAt };
  const { filedOn, acknowledgementNumber } = filing;
  return { itrFiled: true, ...wordsOf(filing), incomeYear, filedOn, acknowledgementNumber, checkedAt };
}

type Words = Pick<ComplianceStatus, "standing" | "standingLabel" | "filingStatus" | "filingStatusLabel">;

const notFiled: Words = {
  standing: "NON_COMPLIANT",
  standingLabel: "Non-Compliant",
  filingStatus: "NOT_FILED",
  filingStatusLabel: "Not Filed",
};

function wordsOf({ status }: Filing): Words {
  if (status === "DEFECTIVE") {
    return { ...notFiled, filingStatus: "DEFECTIVE", filingStatusLabel: "Defective" };
  }
  const pending = { standing: "PENDING", standingLabel: "Pending" } as const;
  if (status === "UNDER_PROCESSING") {
    return { ...pending, filingStatus: "UNDER_PROCESSING", filingStatusLabel: "Under Processing" };
  }
  if (status === "VERIFICATION_PENDING") {
    return { ...pending, filingStatus: "VERIFICATION_PENDING", filingStatusLabel: "Filed, verification pending" };
  }
  return { standing: "COMPLIANT", standingLabel: "Compliant", filingStatus: "FILED", filingStatusLabel: "Filed" };
}
