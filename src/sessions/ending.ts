import { type AuditedCaller, lapseOf } from "../domain";
import { Fault, neverAborted } from "../kernel";
import type { Transition } from "./transition";
import { toProblem, isOver, type EndReason, phases, type Session } from "./session";
import { loginProvider, type SessionTools } from "./tools";

/** Longer than any call takes. */
const lateLogoutMs = 2 * 60_000;

/** Ends a session, whatever it is at. Jobs may move it on at the same time, so it is tried until it holds. */
export async function end(
  tools: SessionTools,
  transition: Transition,
  session: Session,
  reason: EndReason,
  { fault, by }: { readonly fault?: Fault; readonly by?: AuditedCaller | undefined } = {},
): Promise<Session> {
  let current = session;
  while (!isOver(current)) {
    const facts = { reason, ...(fault && { problem: toProblem(fault) }) };
    // Before the erasure of a person the provider is told by whoever erases.
    const isToldByOthers = reason === "ERASED" || phases[current.progress.phase].isCalling;
    const leaving = farewell(tools, current, isToldByOthers ? lateLogoutMs : 0);
    const ended = await transition(current, "ended", facts, { ...leaving, by });
    if (ended) return ended;
    const found = (await tools.store.byId(session.tenant, [session.id])).get(session.id);
    if (found === undefined) return current;
    if (found.version === current.version) throw new Fault("INTERNAL", { note: "a session that cannot be changed" });
    current = found;
  }
  return current;
}

/** Where the provider can be told that a session is over, it is; else there is nothing left to keep the ticket for. */
export function farewell(
  { connected }: SessionTools,
  session: Session,
  jobAfterMs = 0,
): NonNullable<Parameters<Transition>[3]> {
  const client = connected.find(({ provider }) => provider.id === session.provider)?.client;
  const canLogOut = client?.needs === "LOGIN" && client.close !== undefined;
  return canLogOut ? { logout: "DUE", jobAfterMs } : { logout: "NONE", ticket: "DESTROYED" };
}

/** Tells the provider that a session is over. Throws what went wrong, for the caller to try again or give up. */
export async function logOut(tools: SessionTools, session: Session): Promise<void> {
  if (!(await tools.store.owesLogout(session))) return;
  // Whoever dies at it is then known to be dead, so that another process soon does it instead. Whose it was before does
  // not matter: a job is handed to one process at a time, and after a failure perhaps to another.
  await tools.store.claim(session);
  const secrets = await tools.store.secretsOf(session);
  if (secrets) await loginProvider(tools, session.provider).client.close?.(secrets.pan, secrets.ticket, neverAborted);
  await settle(tools, session, secrets ? "SENT" : "GIVEN_UP");
}

/** Tells it once, and lets it be when that fails. */
export async function logOutOrGiveUp(tools: SessionTools, session: Session): Promise<void> {
  try {
    await logOut(tools, session);
  } catch {
    await settle(tools, session, "GIVEN_UP");
  }
}

export async function settle(
  { store, events }: SessionTools,
  session: Session,
  outcome: "SENT" | "GIVEN_UP",
): Promise<void> {
  await store.loggedOut(session, outcome);
  events.emit("logout ended", { session: session.id, provider: session.provider, outcome });
}

interface Expiry {
  readonly reason: EndReason;
  readonly fault: Fault;
}

/** Why a session must not go on, for want of consent or of time; undefined where it may. */
export async function expiryOfSession(
  { consents, clock }: Pick<SessionTools, "consents" | "clock">,
  { tenant, consentId, expiresAtMs }: Session,
): Promise<Expiry | undefined> {
  const nowMs = clock.now();
  const consent = (await consents.byId(tenant, [consentId])).get(consentId);
  const fault = consent ? lapseOf(consent, nowMs) : new Fault("CONSENT_REQUIRED");
  if (fault) return { reason: fault.code === "CONSENT_REVOKED" ? "CONSENT_REVOKED" : "EXPIRED", fault };
  return expiresAtMs <= nowMs ? { reason: "EXPIRED", fault: new Fault("SESSION_EXPIRED") } : undefined;
}
