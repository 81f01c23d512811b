import { randomBytes } from "node:crypto";
import type { Opened, Opening, Session } from "../../sessions/ports";
import { appendAuditRecords } from "../audit";
import { appendConsentRecords } from "../consents";
import { insertConsent, subjectForOpening } from "../taxpayers";
import type { Queries } from "../database";
import type { Keyring } from "../keys";
import { maskPan, type ProviderId, type Pan } from "../../domain";
import { untilLater } from "../../kernel";
import { claimLogin, secondsLeftInDay, type Ceilings } from "../ledger";
import { readSession, type SessionRow, insertSession, liveOfSubject, sessionsById } from "./sessionSql";
import { sessionAuditRecord } from "./sessionAudit";

const keyLock = 4_711_006;
const lifeMs = 24 * 3_600_000;

/** A request and its idempotency key, as digests. */
interface KeyedRequest {
  readonly tenant: string;
  readonly keyDigest: Buffer;
  readonly requestDigest: Buffer;
  readonly nowMs: number;
}

/** Other requests with this key wait until the transaction ends. */
async function lockKey(
  queries: Queries,
  keyring: Keyring,
  { tenant, idempotencyKey, request, nowMs }: Opening,
): Promise<KeyedRequest> {
  const keyDigest = keyring.digest("idempotency key", `${tenant}\0${idempotencyKey}`);
  await queries.run("select pg_advisory_xact_lock($1, $2)", [keyLock, keyDigest.readInt32BE()]);
  return { tenant, keyDigest, requestDigest: keyring.digest("request", `${tenant}\0${request}`), nowMs };
}

/** The session that this key has been used for, if any. */
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

/** A logout that fails for so long is given up. */
export const logoutPatienceMs = 10 * 60_000;
/** A login whose time is over is free as soon as its logout is settled, which is soon. */
const usualLogoutMs = 5_000;

const openingLock = 4_711_005;

/** A person as a digest, the same for every tenant. */
type PersonDigest = Buffer;

/** No other session of this person is opened, for any tenant, until the transaction ends. */
async function lockPerson(queries: Queries, keyring: Keyring, pan: Pan): Promise<PersonDigest> {
  const person = keyring.digest("lease", pan);
  await queries.run("select pg_advisory_xact_lock($1, $2)", [openingLock, person.readInt32BE()]);
  return person;
}

/** When the lease of this person's login probably ends; undefined when it is free. */
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
  const endsAtMs = rows[0] && rows[0].expires_at.getTime() - logoutPatienceMs;
  return endsAtMs !== undefined && endsAtMs <= nowMs ? nowMs + usualLogoutMs : endsAtMs;
}

/** The caller has locked the person, and found the login free. The lease outlives the session: a logout may come late. */
async function takeLease(
  queries: Queries,
  person: PersonDigest,
  { tenant, id, provider, expiresAtMs }: Session,
): Promise<void> {
  await queries.run(
    `insert into aaygraph.leases (person_digest, provider, tenant, session_id, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (person_digest, provider) do update set
       tenant = excluded.tenant, session_id = excluded.session_id, expires_at = excluded.expires_at`,
    [person, provider, tenant, id, new Date(expiresAtMs + logoutPatienceMs)],
  );
}

export async function freeLease(queries: Queries, { tenant, id }: Session): Promise<void> {
  await queries.run("delete from aaygraph.leases where tenant = $1 and session_id = $2", [tenant, id]);
}

export async function deleteExpiredLeases(queries: Queries, nowMs: number): Promise<void> {
  await queries.run("delete from aaygraph.leases where expires_at <= $1", [new Date(nowMs)]);
}

/** Runs within a transaction. The key is always locked before the person, which excludes a deadlock. */
export async function openSession(
  queries: Queries,
  keyring: Keyring,
  owner: number,
  opening: Opening,
  ceilings: Ceilings,
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
  if (!(await claimLogin(queries, tenant, opening, ceilings))) {
    return { outcome: "TOO_MANY", fault: untilLater("portalLoginsPerDay", ceilings, secondsLeftInDay(nowMs)) };
  }
  const session = await insert(queries, keyring, owner, opening, subject);
  if (opening.isAlone) await takeLease(queries, person, session);
  await remember(queries, keyed, session.id);
  const record = sessionAuditRecord("SESSION_OPENED", session, opening.by);
  await appendAuditRecords(queries, keyring, tenant, [{ ...record, purposes: [opening.consent.purpose] }]);
  return { outcome: "OPENED", session };
}

/** For a request that shares a session which is open already. Its key may have been used since it was looked up first. */
export async function rememberSession(
  queries: Queries,
  keyring: Keyring,
  opening: Opening,
  session: Session,
): Promise<Session | "CONFLICT"> {
  const { tenant, pan, nowMs } = opening;
  const keyed = await lockKey(queries, keyring, opening);
  const known = await recall(queries, keyed);
  if (known === "CONFLICT") return known;
  const replayed = known && (await findOne(queries, sessionsById, [tenant, [known.sessionId]]));
  if (replayed) return replayed;
  const subject = await subjectForOpening(queries, keyring, { tenant, pan, nowMs });
  const consentId = await insertConsentOf(queries, keyring, opening, subject);
  await recordGrant(queries, opening, { ...session, consentId });
  await remember(queries, keyed, session.id);
  return session;
}

type Subject = Awaited<ReturnType<typeof subjectForOpening>>;

async function insertConsentOf(
  queries: Queries,
  keyring: Keyring,
  { tenant, pan, documents, incomeYears, consent, agreed, nowMs }: Opening,
  subject: Subject,
): Promise<string> {
  const consentId = newId("cn_");
  const under = { tenant, subjectId: subject.id, consentId, documents, incomeYears, nowMs };
  const signed = { terms: consent, maskedPan: maskPan(pan), agreed };
  await insertConsent(queries, keyring, subject.key, { ...under, ...signed });
  return consentId;
}

async function recordGrant(
  queries: Queries,
  { tenant, provider, documents, incomeYears, nowMs }: Opening,
  { id: sessionId, taxpayerId, consentId }: Session,
): Promise<void> {
  const record = { kind: "GRANTED", atMs: nowMs, taxpayerId, consentId, sessionId, provider } as const;
  await appendConsentRecords(queries, tenant, [{ ...record, documents, incomeYears }]);
}

/** The consent of an earlier login, if it is this person's. */
async function givenConsent(
  queries: Queries,
  { tenant, consentId }: Opening,
  subject: Subject,
): Promise<string | undefined> {
  if (consentId === undefined) return undefined;
  const { count } = await queries.run(
    "select from aaygraph.consents where tenant = $1 and id = $2 and subject_id = $3 and revoked_at is null",
    [tenant, consentId, subject.id],
  );
  return count > 0 ? consentId : undefined;
}

async function insert(
  queries: Queries,
  keyring: Keyring,
  owner: number,
  opening: Opening,
  subject: Subject,
): Promise<Session> {
  const { tenant, provider, documents, incomeYears, nowMs, dueAtMs, expiresAtMs } = opening;
  const given = await givenConsent(queries, opening, subject);
  const consentId = given ?? (await insertConsentOf(queries, keyring, opening, subject));
  const { rows } = await queries.run<SessionRow>(insertSession, [
    tenant,
    opening.id ?? newId("ss_"),
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
  if (given === undefined) await recordGrant(queries, opening, session);
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
