import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import type { Events, Secret } from "../../kernel";
import type { Queries } from "../database";
import type { Announcements } from "../../sessions/ports";
import { ownerLock } from "./heartbeat";

const pauseMs = 250;
const statementMs = 5_000;
/** A beat of this process that is not heard within this time shows that the connection is deaf. */
const deafAfterMs = 2_500;
/** How often watchers look by themselves: while notifications come, and while they do not. */
const lookEveryMs = { hearing: 15_000, deaf: 1_000 };

const channels = ["aaygraph_sessions", "aaygraph_jobs"] as const;
const beats = "aaygraph_beats";
type Channel = (typeof channels)[number];

interface Subscriber {
  readonly onNotification: (payload: string) => void;
  /** Notifications may have been lost. */
  readonly onReconnect: () => void;
}

/** A connection for LISTEN. A notification is a hint, and nothing relies on it: subscribers also look by themselves. */
export interface Listener extends AsyncDisposable {
  /** Its own process's beats are heard, so others' notifications are heard as well. */
  readonly isHearing: boolean;
  subscribe(channel: Channel, subscriber: Subscriber): void;
  /** A beat of this process was sent. Where it is not heard, the listener connects anew. */
  expectBeat(): void;
  /** From now on the release before sees that this process lives. */
  takeOwner(owner: number): Promise<void>;
}

export async function notify(queries: Queries, channel: Channel, payload: string): Promise<void> {
  await queries.run("select pg_notify($1, $2)", [channel, payload]);
}

/** Tells those who watch this id, in every process. */
export function announceChange(queries: Queries, id: string): Promise<void> {
  return notify(queries, "aaygraph_sessions", id);
}

interface ListenerSettings {
  /** Direct: a pooler in transaction mode passes no notification on. */
  readonly url: Secret;
  readonly events: Events;
}

export async function openListener({ url, events }: ListenerSettings): Promise<Listener> {
  const subscribers = new Map<string, Subscriber>();
  let hasClosed = false;
  const isClosing = () => hasClosed;
  let owner: number | undefined;
  let isHearing = true;
  let deafness: NodeJS.Timeout | undefined;
  let connection: Client | undefined = await connect();

  async function connect(): Promise<Client> {
    const client = new Client({
      connectionString: url.reveal(),
      application_name: "aaygraph listener",
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 5_000,
      query_timeout: statementMs,
    });
    let lastError = new Error("the connection has ended");
    client.on("error", (error) => (lastError = error));
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel !== beats) subscribers.get(channel)?.onNotification(payload);
      else if (Number(payload) === owner) hear();
    });
    try {
      await client.connect();
      for (const channel of [...channels, beats]) await client.query(`listen ${channel}`);
      if (owner !== undefined) await takeOwnerLock(client, owner);
    } catch (error) {
      client.end().catch(ignore);
      throw error;
    }
    client.once("end", () => {
      if (isClosing() || connection !== client) return;
      lose(lastError);
    });
    return client;
  }

  function hear(): void {
    clearTimeout(deafness);
    deafness = undefined;
    isHearing = true;
  }

  function lose(error: Error): void {
    isHearing = false;
    connection = undefined;
    events.emit("background failed", { what: "listening for notifications", error });
    void reconnect();
  }

  async function reconnect(): Promise<void> {
    for (;;) {
      const client = await connect().catch(ignore);
      if (isClosing()) await client?.end();
      if (isClosing()) return;
      if (client) {
        connection = client;
        // What is sent from now on is heard. The next beat proves it.
        isHearing = true;
        for (const { onReconnect } of subscribers.values()) onReconnect();
        return;
      }
      await wait(pauseMs, undefined, { ref: false });
      if (isClosing()) return;
    }
  }

  let lookedAtMs = performance.now();
  const looking = setInterval(() => {
    const everyMs = isHearing ? lookEveryMs.hearing : lookEveryMs.deaf;
    if (performance.now() - lookedAtMs < everyMs) return;
    lookedAtMs = performance.now();
    for (const { onReconnect } of subscribers.values()) onReconnect();
  }, lookEveryMs.deaf);
  looking.unref();

  return {
    get isHearing() {
      return isHearing;
    },
    subscribe: (channel, subscriber) => void subscribers.set(channel, subscriber),
    expectBeat() {
      if (deafness !== undefined || connection === undefined) return;
      deafness = setTimeout(() => {
        deafness = undefined;
        const deaf = connection;
        if (deaf === undefined || isClosing()) return;
        connection = undefined;
        deaf.end().catch(ignore);
        lose(new Error("no notification arrives"));
      }, deafAfterMs);
      deafness.unref();
    },
    async takeOwner(number) {
      owner = number;
      if (connection) await takeOwnerLock(connection, number);
    },
    async [Symbol.asyncDispose]() {
      hasClosed = true;
      clearTimeout(deafness);
      clearInterval(looking);
      await Promise.race([connection?.end().catch(ignore), wait(statementMs, undefined, { ref: false })]);
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
  await client.query("select pg_try_advisory_lock($1, $2)", [ownerLock, owner]);
}

function ignore(): undefined {
  return undefined;
}

/** All watches share one connection. */
export function createAnnouncements(listener: Pick<Listener, "subscribe">): Announcements {
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
