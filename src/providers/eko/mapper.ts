import {
  absent,
  found,
  type Absent,
  type Found,
  type Provenance,
  instantAt,
  readCalendarDate,
  standingFromLabel,
  type ComplianceStatus,
  filingStatusFromLabel,
  readAcknowledgementNumber,
  type Pan,
  incomeYearFromAssessmentYear,
} from "../../domain";
import { Fault } from "../../kernel";
import { requirePan } from "../replySubject";
import type { ComplianceData, ComplianceVerdict } from "./contract";

export function toComplianceAnswer(
  verdict: ComplianceVerdict,
  pan: Pan,
  nowMs: number,
): Found<ComplianceStatus> | Absent {
  const provenance: Provenance = { provider: "EKO", method: "REPORTED", fetchedAt: instantAt(nowMs) };
  if (verdict.says === "NO_RECORD") return absent(provenance, new Fault("PAN_NOT_FOUND", { provider: "EKO" }));
  requirePan("EKO", pan, verdict.data.panNumber);
  return found(toComplianceStatus(verdict.data, nowMs), provenance);
}

function toComplianceStatus(data: ComplianceData, nowMs: number): ComplianceStatus {
  return {
    itrFiled: data.itrFiled,
    standing: standingFromLabel(data.complianceStatus),
    standingLabel: data.complianceStatus,
    filingStatus: data.filingStatus === undefined ? "UNKNOWN" : filingStatusFromLabel(data.filingStatus),
    filingStatusLabel: data.filingStatus,
    incomeYear: data.assessmentYear === undefined ? undefined : incomeYearFromAssessmentYear(data.assessmentYear),
    filedOn: data.filingDate === undefined ? undefined : readCalendarDate(data.filingDate),
    acknowledgementNumber:
      data.acknowledgementNumber === undefined ? undefined : readAcknowledgementNumber(data.acknowledgementNumber),
    checkedAt: instantAt(nowMs),
  };
}
