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

interface Subscriber {
  readonly onNotification: (payload: string) => void;
  /** Notifications were lost while the connection was away. */
  readonly onReconnect: () => void;
}

/** A connection for LISTEN. Its advisory lock shows other processes that this one is alive. */
export interface Listener extends AsyncDisposable {
  /** This process's number. */
  readonly owner: number;
  subscribe(channel: Channel, subscriber: Subscriber): void;
  /** Does the work, unless a process does it under this lock right now. */
  withLock(lock: number, work: () => Promise<void>): Promise<void>;
}

/** SQL for the numbers of all living processes. The lock of a dead process is gone. */
export const livingOwners = `select objid::bigint::integer from pg_locks
  where locktype = 'advisory' and classid = ${ownerLock} and objsubid = 2 and granted
    and database = (select oid from pg_database where datname = current_database())`;

export async function notify(queries: Queries, channel: Channel, payload: string): Promise<void> {
  await queries.run("select pg_notify($1, $2)", [channel, payload]);
}

export async function openListener(url: Secret, onConnectionLost: (error: Error) => void): Promise<Listener> {
  const owner = randomInt(1, 2 ** 31 - 1);
  const subscribers = new Map<string, Subscriber>();
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
    client.on("notification", ({ channel, payload = "" }) => subscribers.get(channel)?.onNotification(payload));
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
        for (const { onReconnect } of subscribers.values()) onReconnect();
        return;
      }
      await wait(pauseMs, undefined, { ref: false });
      if (isClosing()) return;
    }
  }

  return {
    owner,
    subscribe: (channel, subscriber) => void subscribers.set(channel, subscriber),
    async withLock(lock, work) {
      const held = connection;
      const { rows } = await held.query<{ granted: boolean }>("select pg_try_advisory_lock($1) as granted", [lock]);
      if (!rows[0]?.granted) return;
      try {
        await work();
      } finally {
        // A broken connection has released the lock already.
        await held.query("select pg_advisory_unlock($1)", [lock]).catch(ignore);
      }
    },
    async [Symbol.asyncDispose]() {
      hasClosed = true;
      await connection.end().catch(ignore);
    },
  };
}

/** The server may still hold an earlier connection of this process: it is ended first. */
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

/** All watches share one connection, without a timer. */
export function createAnnouncements(listener: Listener): Announcements {
  const watchersById = new Map<string, Set<() => void>>();
  listener.subscribe("aaygraph_sessions", {
    onNotification(id) {
      for (const onChange of watchersById.get(id) ?? []) onChange();
    },
    onReconnect() {
      for (const watchers of watchersById.values()) for (const onChange of watchers) onChange();
    },
  });
  return {
    watch(sessionId, onChange) {
      const watchers = watchersById.get(sessionId) ?? new Set();
      // A new function for each watch, so that the same callback may be given twice.
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
