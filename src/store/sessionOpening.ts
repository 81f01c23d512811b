import { randomBytes } from "node:crypto";
import type { Opened, Opening } from "../sessions/ports";
import type { Session } from "../sessions/session";
import { appendAuditRecords } from "./audit/auditTrail";
import { appendConsentRecords } from "./consents/consentRecords";
import { insertConsent } from "./consentRows";
import type { Queries } from "./database";
import { lockKey, recall, remember } from "./idempotency";
import type { Keyring } from "./keys/keyring";
import { leasedUntil, lockPerson, takeLease } from "./leases";
import { readSession, type SessionRow } from "./sessionRows";
import { sessionAuditRecord } from "./sessionAudit";
import { insertSession, liveOfSubject, sessionsById } from "./sessionSql";
import { subjectForOpening } from "./subjects";

/** Within one transaction. The key is locked before the person, everywhere, so that nobody waits in a circle. */
export async function openSession(
  queries: Queries,
  keyring: Keyring,
  owner: number,
  opening: Opening,
): Promise<Opened> {
  const { tenant, pan, provider, nowMs } = opening;
  const keyed = await lockKey(queries, keyring, opening);
  const known = await recall(queries, keyed);
  if (known === "CONFLICT") return { outcome: "CONFLICT" };
  if (known) {
    const session = await findOne(queries, sessionsById, [tenant, [known.sessionId]]);
    if (session) return { outcome: "REPLAYED", session };
  }
  const person = await lockPerson(queries, keyring, pan);
  const subject = await subjectForOpening(queries, keyring, { tenant, pan, nowMs });
  const live = await findOne(queries, liveOfSubject, [tenant, subject.id], (session) => session.provider === provider);
  if (live) return { outcome: "ALREADY_OPEN", session: live };
  const freeAtMs = opening.isAlone ? await leasedUntil(queries, person, provider, nowMs) : undefined;
  if (freeAtMs !== undefined) return { outcome: "BUSY", freeAtMs };
  const session = await insert(queries, owner, opening, subject);
  if (opening.isAlone) await takeLease(queries, person, session);
  await remember(queries, keyed, session.id);
  const record = sessionAuditRecord(session, opening.by);
  await appendAuditRecords(queries, keyring, tenant, [{ ...record, purposes: [opening.consent.purpose] }]);
  return { outcome: "OPENED", session };
}

/** For a session that was open already, and that the lifecycle has found to serve the request. */
export async function rememberSession(queries: Queries, keyring: Keyring, opening: Opening, session: Session) {
  await remember(queries, await lockKey(queries, keyring, opening), session.id);
}

async function insert(
  queries: Queries,
  owner: number,
  { tenant, provider, documents, incomeYears, consent, nowMs, dueAtMs, expiresAtMs }: Opening,
  subject: Awaited<ReturnType<typeof subjectForOpening>>,
): Promise<Session> {
  const consentId = newId("cn_");
  const under = { tenant, subjectId: subject.id, consentId, documents, incomeYears, nowMs };
  await insertConsent(queries, subject.key, { ...under, terms: consent });
  const { rows } = await queries.run<SessionRow>(insertSession, [
    tenant,
    newId("ss_"),
    subject.id,
    provider,
    consentId,
    documents,
    incomeYears,
    JSON.stringify({ phase: "OPENING" } satisfies Session["progress"]),
    owner,
    new Date(nowMs),
    new Date(expiresAtMs),
    new Date(dueAtMs),
  ]);
  const [session] = rows.map(readSession);
  if (session === undefined) throw new Error("a session was inserted, and is not there");
  const { id: sessionId, taxpayerId } = session;
  const record = { kind: "GRANTED", atMs: nowMs, taxpayerId, consentId, sessionId, provider } as const;
  await appendConsentRecords(queries, tenant, [{ ...record, documents, incomeYears }]);
  return session;
}

async function findOne(
  queries: Queries,
  sql: typeof sessionsById,
  values: readonly unknown[],
  isWanted: (session: Session) => boolean = () => true,
): Promise<Session | undefined> {
  const { rows } = await queries.run<SessionRow>(sql, values);
  return rows.map(readSession).find(isWanted);
}

function newId(prefix: string): string {
  return prefix + randomBytes(16).toString("base64url");
}
