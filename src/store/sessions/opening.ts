import { randomBytes } from "node:crypto";
import type { Opened, Opening, Session } from "../../sessions/ports";
import { appendAuditRecords } from "../audit";
import { appendConsentRecords } from "../consents";
import { insertConsent, subjectForOpening } from "../taxpayers";
import type { Queries } from "../database";
import type { Keyring } from "../keys";
import type { ProviderId, Pan } from "../../domain";
import { readSession, type SessionRow, insertSession, liveOfSubject, sessionsById } from "./sessionSql";
import { sessionAuditRecord } from "./sessionAudit";

const keyLock = 4_711_006;
const lifeMs = 24 * 3_600_000;

/** A request with the key that it was sent under; what they say cannot be read from it. */
interface KeyedRequest {
  readonly tenant: string;
  readonly keyDigest: Buffer;
  readonly requestDigest: Buffer;
  readonly nowMs: number;
}

/** Whoever else comes with this key waits until the transaction ends. */
async function lockKey(
  queries: Queries,
  keyring: Keyring,
  { tenant, idempotencyKey, request, nowMs }: Opening,
): Promise<KeyedRequest> {
  const keyDigest = keyring.digest("idempotency key", `${tenant}\0${idempotencyKey}`);
  await queries.run("select pg_advisory_xact_lock($1, $2)", [keyLock, keyDigest.readInt32BE()]);
  return { tenant, keyDigest, requestDigest: keyring.digest("request", `${tenant}\0${request}`), nowMs };
}

/** The session that this request has brought before, if its key is known. */
async function recall(
  queries: Queries,
  { tenant, keyDigest, requestDigest, nowMs }: KeyedRequest,
): Promise<{ readonly sessionId: string } | "CONFLICT" | undefined> {
  const { rows } = await queries.run<{ request_digest: Buffer; session_id: string }>(
    `select request_digest, session_id from aaygraph.idempotency_keys
     where tenant = $1 and key_digest = $2 and expires_at > $3`,
    [tenant, keyDigest, new Date(nowMs)],
  );
  const [known] = rows;
  if (!known) return undefined;
  return known.request_digest.equals(requestDigest) ? { sessionId: known.session_id } : "CONFLICT";
}

async function remember(
  queries: Queries,
  { tenant, keyDigest, requestDigest, nowMs }: KeyedRequest,
  sessionId: string,
): Promise<void> {
  await queries.run(
    `insert into aaygraph.idempotency_keys (tenant, key_digest, request_digest, session_id, expires_at)
     values ($1, $2, $3, $4, $5)
     on conflict (tenant, key_digest) do update set
       request_digest = excluded.request_digest, session_id = excluded.session_id, expires_at = excluded.expires_at`,
    [tenant, keyDigest, requestDigest, sessionId, new Date(nowMs + lifeMs)],
  );
}

export async function deleteExpiredKeys(queries: Queries, nowMs: number): Promise<void> {
  await queries.run("delete from aaygraph.idempotency_keys where expires_at <= $1", [new Date(nowMs)]);
}

const openingLock = 4_711_005;

/** A person, known by nothing but a digest, and the same one to every tenant. */
type PersonDigest = Buffer;

/** Nobody else opens a session for this person, for whichever tenant, until the transaction ends. */
async function lockPerson(queries: Queries, keyring: Keyring, pan: Pan): Promise<PersonDigest> {
  const person = keyring.digest("lease", pan);
  await queries.run("select pg_advisory_xact_lock($1, $2)", [openingLock, person.readInt32BE()]);
  return person;
}

/** Until when somebody has this person's login at this provider; undefined when it is free. */
async function leasedUntil(
  queries: Queries,
  person: PersonDigest,
  provider: ProviderId,
  nowMs: number,
): Promise<number | undefined> {
  const { rows } = await queries.run<{ expires_at: Date }>(
    "select expires_at from aaygraph.leases where person_digest = $1 and provider = $2 and expires_at > $3",
    [person, provider, new Date(nowMs)],
  );
  return rows[0]?.expires_at.getTime();
}

/** For whoever has locked the person and found the login free. */
async function takeLease(
  queries: Queries,
  person: PersonDigest,
  { tenant, id, provider, expiresAtMs }: Session,
): Promise<void> {
  await queries.run(
    `insert into aaygraph.leases (person_digest, provider, tenant, session_id, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (person_digest, provider) do update set
       tenant = excluded.tenant, session_id = excluded.session_id, expires_at = excluded.expires_at`,
    [person, provider, tenant, id, new Date(expiresAtMs)],
  );
}

export async function freeLease(queries: Queries, { tenant, id }: Session): Promise<void> {
  await queries.run("delete from aaygraph.leases where tenant = $1 and session_id = $2", [tenant, id]);
}

export async function deleteExpiredLeases(queries: Queries, nowMs: number): Promise<void> {
  await queries.run("delete from aaygraph.leases where expires_at <= $1", [new Date(nowMs)]);
}

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
  const record = sessionAuditRecord("SESSION_OPENED", session, opening.by);
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
