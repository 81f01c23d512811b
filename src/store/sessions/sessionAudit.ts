import type { AuditedCaller, AuditRecord, AuditRecordKind } from "../../domain";
import type { Phase, Session } from "../../sessions/ports";

const kindByPhase: Readonly<Record<Phase, AuditRecordKind>> = {
  OPENING: "SESSION_OPENED",
  AWAITING_OTP: "OTP_AWAITED",
  CHECKING_OTP: "OTP_SUBMITTED",
  WAITING: "SESSION_PROCESSING",
  READING: "SESSION_PROCESSING",
  READY: "SESSION_READY",
  FAILED: "SESSION_FAILED",
  ENDED: "SESSION_ENDED",
};

/** The step by which a session has come to where it is. */
export function sessionAuditRecord(session: Session, by: AuditedCaller | undefined): AuditRecord {
  const { progress, documents, incomeYears, provider } = session;
  return {
    kind: kindByPhase[progress.phase],
    atMs: session.updatedAtMs,
    by,
    taxpayerIds: [session.taxpayerId],
    sessionId: session.id,
    provider,
    consentIds: [session.consentId],
    documents,
    incomeYears,
    code: "problem" in progress ? progress.problem.code : undefined,
  };
}

/** Another poll, or another try at reading, is no step. */
export function isStep(before: Session, after: Session): boolean {
  return kindByPhase[before.progress.phase] !== kindByPhase[after.progress.phase];
}
