import { type Instant, indianDayOf } from "../calendarDate";
import type { ComplianceStatus } from "../compliance";
import type { ReconciledFiling } from "./reconciled";

/** Whether the returns of the year confirm a compliance check. Undefined if there are none. */
export function agreesWithFilings(
  compliance: ComplianceStatus,
  filings: readonly ReconciledFiling[],
): boolean | undefined {
  const ofYear = filings.filter(({ filing }) => filing.incomeYear === compliance.incomeYear);
  if (ofYear.length === 0) return undefined;
  if (compliance.itrFiled) return ofYear.some(({ filing }) => mayBeMeant(compliance, filing));
  // A return filed after the check, or without effect, does not contradict "not filed".
  return !ofYear.some(({ filing, effective }) => effective && isFiledBy(filing, compliance.checkedAt));
}

type Filed = ReconciledFiling["filing"];

function mayBeMeant({ acknowledgementNumber, filedOn }: ComplianceStatus, filing: Filed): boolean {
  return isNotAnother(acknowledgementNumber, filing.acknowledgementNumber) && isNotAnother(filedOn, filing.filedOn);
}

function isNotAnother(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function isFiledBy({ filedOn }: Filed, checkedAt: Instant): boolean {
  return filedOn === undefined || filedOn <= indianDayOf(checkedAt);
}
