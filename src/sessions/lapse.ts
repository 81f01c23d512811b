import { lapseOf } from "../domain/consent";
import { Fault } from "../kernel/fault";
import type { EndReason, Session } from "./session";
import type { SessionTools } from "./tools";

export interface Lapse {
  readonly reason: EndReason;
  readonly fault: Fault;
}

/** Why a session must not go on, for want of consent or of time; undefined where it may. */
export async function lapseOfSession(
  { consents, clock }: Pick<SessionTools, "consents" | "clock">,
  { tenant, consentId, expiresAtMs }: Session,
): Promise<Lapse | undefined> {
  const nowMs = clock.now();
  const consent = (await consents.byId(tenant, [consentId])).get(consentId);
  const fault = consent ? lapseOf(consent, nowMs) : new Fault("CONSENT_REQUIRED");
  if (fault) return { reason: fault.code === "CONSENT_REVOKED" ? "CONSENT_REVOKED" : "EXPIRED", fault };
  return expiresAtMs <= nowMs ? { reason: "EXPIRED", fault: new Fault("SESSION_EXPIRED") } : undefined;
}
