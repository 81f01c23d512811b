import type { ProviderId } from "../domain/answer";
import type { Pan } from "../domain/identifiers";
import type { Session } from "../sessions/session";
import type { Queries } from "./database";
import type { Keyring } from "./keys/keyring";

const openingLock = 4_711_005;

/** A person, known by nothing but a digest, and the same one to every tenant. */
export type PersonDigest = Buffer;

/** Nobody else opens a session for this person, for whichever tenant, until the transaction ends. */
export async function lockPerson(queries: Queries, keyring: Keyring, pan: Pan): Promise<PersonDigest> {
  const person = keyring.digest("lease", pan);
  await queries.run("select pg_advisory_xact_lock($1, $2)", [openingLock, person.readInt32BE()]);
  return person;
}

/** Until when somebody has this person's login at this provider; undefined when it is free. */
export async function leasedUntil(
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
export async function takeLease(
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
