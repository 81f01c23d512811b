import { type AuditedCaller, lapseOf } from "../domain";
import { Fault, neverAborted } from "../kernel";
import { isStoreAway } from "./lastingWrites";
import { toProblem, isOver, type EndReason, phases, type Session } from "./session";
import { loginProvider, type SessionTools } from "./tools";
import type { Transition } from "./transition";

/** Longer than any call takes. */
const lateLogoutMs = 2 * 60_000;

/** Ends a session in any phase. Jobs may change it at the same time, so it is tried until it holds. */
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
    // The erasure logs out by itself, and so does a call under way when it comes back (see `awaitStep`) or its process dies: the
    // sweep finds the session by its owner.
    const { isCalling } = phases[current.progress.phase];
    const logout = logoutOnEnd(tools, current, isCalling || reason === "ERASED" ? lateLogoutMs : 0);
    const owner = isCalling && logout.logout === "DUE" ? "AS_BEFORE" : "NOBODY";
    const ended = await transition(current, "ended", facts, { ...logout, owner, by });
    if (ended) return ended;
    const found = (await tools.store.byId(session.tenant, [session.id])).get(session.id);
    if (found === undefined) return current;
    if (found.version === current.version) throw new Fault("INTERNAL", { note: "a session that cannot be changed" });
    current = found;
  }
  return current;
}

/** A logout is due where the provider has one; else the ticket is destroyed at once. */
export function logoutOnEnd(
  { connected }: SessionTools,
  session: Session,
  jobAfterMs = 0,
): NonNullable<Parameters<Transition>[3]> {
  const client = connected.find(({ provider }) => provider.id === session.provider)?.client;
  const canLogOut = client?.needs === "LOGIN" && client.close !== undefined;
  return canLogOut ? { logout: "DUE", jobAfterMs } : { logout: "NONE", ticket: "DESTROYED" };
}

/** Logs out at the provider. A failure is thrown, for the queue to try again or for the caller to give up. */
export async function logOut(tools: SessionTools, session: Session): Promise<void> {
  if (!(await tools.store.owesLogout(session))) return;
  // The claim only lets others see if this process dies. The queue hands the job to one process at a time.
  await tools.store.claim(session);
  const secrets = await tools.store.secretsOf(session);
  const mayBeSent = secrets && !(await tools.store.isLoginOfAnother(session, secrets.pan, tools.clock.now()));
  if (mayBeSent) await loginProvider(tools, session.provider).client.close?.(secrets.pan, secrets.ticket, neverAborted);
  await recordLogout(tools, session, mayBeSent ? "SENT" : "GIVEN_UP");
}

/** Logs out once, and gives up when that fails. */
export async function logOutOrGiveUp(tools: SessionTools, session: Session): Promise<void> {
  try {
    await logOut(tools, session);
  } catch (thrown) {
    if (isStoreAway(thrown)) throw thrown;
    await recordLogout(tools, session, "GIVEN_UP");
  }
}

export async function recordLogout(
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

/** Why a session must not go on: its consent does not hold, or its time is over. Undefined where it may go on. */
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
