import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import type { Secret } from "../../kernel";
import type { Queries } from "../database";
import type { Announcements } from "../../sessions/ports";

const ownerLock = 4_711_007;
const pauseMs = 250;

const channels = ["aaygraph_sessions", "aaygraph_jobs"] as const;
type Channel = (typeof channels)[number];

interface Hearer {
  readonly onHeard: (payload: string) => void;
  /** The connection was gone for a while, and with it whatever was said. */
  readonly onMissed: () => void;
}

/** A connection of its own that hears what other processes say, and that proves, as long as it lasts, that this one lives. */
export interface Listener extends AsyncDisposable {
  /** This process's number. */
  readonly owner: number;
  hear(channel: Channel, hearer: Hearer): void;
  /** Does the work unless it is being done under this lock right now, in whichever process. */
  unlessDoneElsewhere(lock: number, work: () => Promise<void>): Promise<void>;
}

/** The numbers of all processes that live, as SQL. The locks of one that has died are gone. */
export const livingOwners = `select objid::bigint::integer from pg_locks
  where locktype = 'advisory' and classid = ${ownerLock} and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())`;

export async function say(queries: Queries, channel: Channel, payload: string): Promise<void> {
  await queries.run("select pg_notify($1, $2)", [channel, payload]);
}

export async function openListener(url: Secret, onConnectionLost: (error: Error) => void): Promise<Listener> {
  const owner = randomInt(1, 2 ** 31 - 1);
  const hearers = new Map<string, Hearer>();
  let hasClosed = false;
  const isClosing = () => hasClosed;
  let connection = await connect();

  async function connect(): Promise<Client> {
    const client = new Client({
      connectionString: url.reveal(),
      application_name: "aaygraph listener",
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    let lastError = new Error("the connection has ended");
    client.on("error", (error) => (lastError = error));
    client.on("notification", ({ channel, payload = "" }) => hearers.get(channel)?.onHeard(payload));
    try {
      await client.connect();
      for (const channel of channels) await client.query(`listen ${channel}`);
      await takeOwnerLock(client, owner);
    } catch (error) {
      client.end().catch(ignore);
      throw error;
    }
    client.once("end", () => {
      if (isClosing()) return;
      onConnectionLost(lastError);
      void reconnect();
    });
    return client;
  }

  async function reconnect(): Promise<void> {
    for (;;) {
      const client = await connect().catch(ignore);
      if (isClosing()) await client?.end();
      if (isClosing()) return;
      if (client) {
        connection = client;
        for (const { onMissed } of hearers.values()) onMissed();
        return;
      }
      await wait(pauseMs, undefined, { ref: false });
      if (isClosing()) return;
    }
  }

  return {
    owner,
    hear: (channel, hearer) => void hearers.set(channel, hearer),
    async unlessDoneElsewhere(lock, work) {
      const held = connection;
      const { rows } = await held.query<{ granted: boolean }>("select pg_try_advisory_lock($1) as granted", [lock]);
      if (!rows[0]?.granted) return;
      try {
        await work();
      } finally {
        // A connection that has broken meanwhile has let go of it already.
        await held.query("select pg_advisory_unlock($1)", [lock]).catch(ignore);
      }
    },
    async [Symbol.asyncDispose]() {
      hasClosed = true;
      await connection.end().catch(ignore);
    },
  };
}

/** The server may not have noticed yet that an earlier connection of this process is gone: it is ended first. */
async function takeOwnerLock(client: Client, owner: number): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid, 5000) from pg_locks
     where locktype = 'advisory' and classid = $1 and objid = $2 and objsubid = 2 and pid <> pg_backend_pid()
       and database = (select oid from pg_database where datname = current_database())`,
    [ownerLock, owner],
  );
  await client.query("select pg_advisory_lock($1, $2)", [ownerLock, owner]);
}

function ignore(): undefined {
  return undefined;
}

/** However many watch, there is one connection, and no timer. */
export function createAnnouncements(listener: Listener): Announcements {
  const watchersById = new Map<string, Set<() => void>>();
  listener.hear("aaygraph_sessions", {
    onHeard(id) {
      for (const onChange of watchersById.get(id) ?? []) onChange();
    },
    onMissed() {
      for (const watchers of watchersById.values()) for (const onChange of watchers) onChange();
    },
  });
  return {
    watch(sessionId, onChange) {
      const watchers = watchersById.get(sessionId) ?? new Set();
      // Each watch is its own, even where two hand in the same function.
      const watcher = () => {
        onChange();
      };
      watchersById.set(sessionId, watchers.add(watcher));
      return () => {
        watchers.delete(watcher);
        if (watchers.size === 0 && watchersById.get(sessionId) === watchers) watchersById.delete(sessionId);
      };
    },
  };
}
