import type { Opening } from "../sessions/ports";
import type { Queries } from "./database";
import type { Keyring } from "./keys/keyring";

const keyLock = 4_711_006;
const lifeMs = 24 * 3_600_000;

/** A request with the key that it was sent under; what they say cannot be read from it. */
export interface KeyedRequest {
  readonly tenant: string;
  readonly keyDigest: Buffer;
  readonly requestDigest: Buffer;
  readonly nowMs: number;
}

/** Whoever else comes with this key waits until the transaction ends. */
export async function lockKey(
  queries: Queries,
  keyring: Keyring,
  { tenant, idempotencyKey, request, nowMs }: Opening,
): Promise<KeyedRequest> {
  const keyDigest = keyring.digest("idempotency key", `${tenant}\0${idempotencyKey}`);
  await queries.run("select pg_advisory_xact_lock($1, $2)", [keyLock, keyDigest.readInt32BE()]);
  return { tenant, keyDigest, requestDigest: keyring.digest("request", `${tenant}\0${request}`), nowMs };
}

/** The session that this request has brought before, if its key is known. */
export async function recall(
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

export async function remember(
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
