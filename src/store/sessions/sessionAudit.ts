import type { Word, AuditedCaller, AuditRecord } from "../../domain";
import type { Session } from "../../sessions/ports";

/** The audit record of a session's last step. */
export function sessionAuditRecord(
  kind: Word<"AuditRecordKind">,
  session: Session,
  by: AuditedCaller | undefined,
): AuditRecord {
  const { progress, documents, incomeYears, provider } = session;
  return {
    kind,
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
