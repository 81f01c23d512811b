import type { OpenLogin } from "../providers/openLogin";
import { faultOf } from "./problem";
import type { Session } from "./session";

/** A session as those see it who may want something read through it. */
export function toOpenLogin(session: Session): OpenLogin {
  const { id: sessionId, version, taxpayerId, provider, consentId, documents, incomeYears, expiresAtMs } = session;
  const { progress, updatedAtMs: atMs } = session;
  const about = { sessionId, version, taxpayerId, provider, consentId, documents, incomeYears, expiresAtMs };
  if (progress.phase !== "READY") return { ...about, isReady: false, unsupported: [] };
  const { problem, missing, unsupported = [] } = progress;
  const failure = problem && missing && { fault: faultOf(problem), atMs, ...missing };
  return { ...about, isReady: true, unsupported, failure };
}
