import { randomInt } from "node:crypto";
import { Client } from "pg";
import type { Secret } from "../../kernel";
import type { Database } from "../database";

const beatEveryMs = 2_000;
/** Some beats may come late. */
const deadAfterSeconds = 8;
/** After an outage of the store, so long until all living processes have beaten again. */
const steadyAfterSeconds = 4;
const beatMs = 3_000;
/** The lock by which the release before knows that a process lives. */
export const ownerLock = 4_711_007;

const isBeating = `beat_at > clock_timestamp() - interval '${deadAfterSeconds} s'`;
const isSteady = `${isBeating} and steady_since <= clock_timestamp() - interval '${steadyAfterSeconds} s'`;

/**
 * SQL for the numbers of all living processes. While no process has beaten for long enough, as after an outage, nobody who has
 * ever beaten counts as dead. A process of the release before has a lock and no row.
 */
export const livingOwners = `select owner from aaygraph.processes
  where ${isBeating} or not exists (select from aaygraph.processes where ${isSteady})
  union all
  select objid::bigint::integer from pg_locks
  where locktype = 'advisory' and classid = ${ownerLock} and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())
    and objid::bigint not in (select owner from aaygraph.processes)`;

/**
 * A commit waits for a standby. Who may not see other connections cannot see whether one is there; Patroni and the like take the
 * names of lost standbys away. Storage that is replicated below PostgreSQL shows nothing here.
 */
const isReplicated = `current_setting('synchronous_standby_names') <> ''
  and current_setting('synchronous_commit') not in ('off', 'local')
  and (not pg_has_role(current_user, 'pg_read_all_stats', 'member')
    or exists (select from pg_stat_replication where sync_state in ('sync', 'quorum')))`;

const beat = `with beat as (
    insert into aaygraph.processes as known (owner, beat_at, steady_since)
    values ($1, clock_timestamp(), clock_timestamp())
    on conflict (owner) do update set beat_at = excluded.beat_at,
      steady_since = case when known.${isBeating} then known.steady_since else excluded.steady_since end
    returning owner
  )
  select pg_notify('aaygraph_beats', owner::text), ${isReplicated} as is_replicated from beat`;

interface Heart extends AsyncDisposable {
  /** This process's number. */
  readonly owner: number;
}

interface HeartSettings {
  readonly url: Secret;
  readonly database: Pick<Database, "run" | "leaveConnections">;
  /** The server belongs to this process alone, so every process of before is dead. */
  readonly isAlone: boolean;
  /** A beat has been written, and its notification sent. Says whether a synchronous standby answers. */
  readonly onBeat: (isReplicated: boolean) => void;
}

/**
 * Beats in a row of the database, on a connection of its own: neither a full pool nor a lost LISTEN makes a living process look
 * dead. A beat that hangs shows that connections are dead while a new one may work, so the pool's are left as well.
 */
export async function startHeart({ url, database, isAlone, onBeat }: HeartSettings): Promise<Heart> {
  const owner = randomInt(1, 2 ** 31 - 1);
  let connection: Client | undefined;
  let hasStopped = false;
  const isStopped = () => hasStopped;
  let isBusy = false;

  async function connect(): Promise<Client> {
    const client = new Client({
      connectionString: url.reveal(),
      application_name: "aaygraph heart",
      connectionTimeoutMillis: beatMs,
      query_timeout: beatMs,
      keepAlive: true,
    });
    client.on("error", () => (connection = connection === client ? undefined : connection));
    client.on("end", () => (connection = connection === client ? undefined : connection));
    try {
      await client.connect();
    } catch (error) {
      client.end().catch(ignore);
      throw error;
    }
    return client;
  }

  /** A broken connection may still hold its socket, and must not hold this process. */
  function drop(): void {
    connection?.end().catch(ignore);
    connection = undefined;
  }

  async function beatOnce(): Promise<void> {
    connection ??= await connect();
    try {
      const { rows } = await connection.query<{ is_replicated: boolean }>(beat, [owner]);
      onBeat(rows[0]?.is_replicated === true);
    } catch (error) {
      drop();
      throw error;
    }
  }

  async function beatAgain(): Promise<void> {
    if (isBusy || isStopped()) return;
    isBusy = true;
    const wasConnected = connection !== undefined;
    try {
      await beatOnce();
    } catch {
      // The pool tells of an outage, where requests fail. Here only a second connection is tried.
      if (wasConnected && !isStopped()) await beatOnce().then(leaveDeadConnections, ignore);
    } finally {
      isBusy = false;
    }
  }

  function leaveDeadConnections(): void {
    database.leaveConnections(beatMs);
  }

  if (isAlone) await database.run("delete from aaygraph.processes");
  await beatOnce();
  const timer = setInterval(() => void beatAgain(), beatEveryMs);
  timer.unref();

  return {
    owner,
    async [Symbol.asyncDispose]() {
      hasStopped = true;
      clearInterval(timer);
      drop();
      await database.run("delete from aaygraph.processes where owner = $1", [owner]).catch(ignore);
    },
  };
}

/** Processes that have died long ago. */
export async function deleteDeadProcesses(database: Pick<Database, "run">): Promise<void> {
  await database.run(
    `delete from aaygraph.processes where beat_at < clock_timestamp() - interval '1 hour'
       and exists (select from aaygraph.processes where ${isSteady})`,
  );
}

function ignore(): undefined {
  return undefined;
}
