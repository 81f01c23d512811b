import { createConnection, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { createEvents } from "../../src/kernel/events";
import { asFault } from "../../src/kernel/fault";
import { Secret } from "../../src/kernel/secret";
import { openDatabase, type Database } from "../../src/store/database";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { change, opened as openedSession } from "./sessionPlace";
import { newDataDir, sql, settingsFor } from "./storePlace";
import { openStore } from "../../src/store/store";

const dataDir = newDataDir();
let server: EmbeddedServer;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
});

afterAll(async () => {
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

/** A way to PostgreSQL that can swallow what goes over the connections made so far, and leaves new ones alone. */
async function startProxy() {
  const { port, hostname } = new URL(server.url.reveal());
  const pairs = new Set<readonly [Socket, Socket]>();
  const proxy = createServer((near) => {
    const far = createConnection(Number(port), hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const socket of pair) socket.on("error", () => undefined);
    near.pipe(far);
    far.pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = new URL(server.url.reveal());
  address.port = String((proxy.address() as { port: number }).port);
  return {
    url: new Secret(address.href),
    swallow() {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.resume();
      }
    },
    async [Symbol.asyncDispose]() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}

function watched() {
  const events = createEvents();
  const log: string[] = [];
  events.on("store away", ({ reason }) => log.push(`away ${reason}`));
  events.on("store back", () => log.push("back"));
  return { events, log };
}

async function codeOf(asking: Promise<unknown>): Promise<string> {
  return asking.then(
    () => "answered",
    (error: unknown) => asFault(error).code,
  );
}

async function opened(url: Secret, connections?: number) {
  const { events, log } = watched();
  const database = await openDatabase({ url, events, connections });
  return { database, log, [Symbol.asyncDispose]: () => database.close() };
}

const sleeping = (database: Database, seconds: number) => database.run("select pg_sleep($1)", [seconds]);

describe("a database whose connections", () => {
  it.each(["57P01", "57P02", "57P03", "25006", "53300", "08006", "55P03"])("fail with %s is away", async (code) => {
    await using place = await opened(server.url);
    const raising = place.database.run(`do $$ begin raise exception 'x' using errcode = '${code}'; end $$`);
    expect(await codeOf(raising)).toBe("STORE_UNAVAILABLE");
  });

  it("are terminated is away", async () => {
    await using place = await opened(server.url);
    expect(await codeOf(place.database.run("select pg_terminate_backend(pg_backend_pid())"))).toBe("STORE_UNAVAILABLE");
    expect(await codeOf(place.database.run("select 1"))).toBe("answered");
  });

  it("are all in use is away", async () => {
    await using place = await opened(server.url, 2);
    const busy = [sleeping(place.database, 6), sleeping(place.database, 6)];
    expect(await codeOf(place.database.run("select 1"))).toBe("STORE_UNAVAILABLE");
    await Promise.all(busy);
  });

  it("fail for a mistake of ours is not away", async () => {
    await using place = await opened(server.url);
    expect(await codeOf(place.database.run("select nonsense"))).toBe("INTERNAL");
  });

  it("break is reported once for an outage", async () => {
    await using place = await opened(server.url);
    const end = () => codeOf(place.database.run("select pg_terminate_backend(pg_backend_pid())"));
    await Promise.all([end(), end(), end()]);
    expect(place.log).toEqual(["away 57P01"]);
  });

  it("lead to a server that is read-only by now are left", async () => {
    await using place = await opened(server.url, 1);
    const { database } = place;
    const pid = async () => (await database.run<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]!.pid;
    const before = await pid();
    await database.run("set default_transaction_read_only = on");
    expect(await codeOf(database.run("create table forbidden (id integer)"))).toBe("STORE_UNAVAILABLE");
    expect(await pid()).not.toBe(before);
  });

  it("wait for a lock are not waited for without an end", async () => {
    await using place = await opened(server.url);
    const { database } = place;
    await database.run("create table if not exists locked (id integer)");
    const gate = Promise.withResolvers<undefined>();
    const holding = database.transaction(async (queries) => {
      await queries.run("lock table locked in access exclusive mode");
      await gate.promise;
    });
    expect(await codeOf(database.run("select * from locked"))).toBe("STORE_UNAVAILABLE");
    gate.resolve(undefined);
    await holding;
  });
});

describe("connections that have gone silent", () => {
  it("are left within seconds, by a process whose beat hangs", async () => {
    await using proxy = await startProxy();
    await using store = await openStore(settingsFor({ databaseUrl: proxy.url }));
    await Promise.all(Array.from({ length: 8 }, (_, number) => store.sessions.list(`tenant ${number}`, { first: 1 })));
    proxy.swallow();
    const startedAtMs = performance.now();
    while (!(await store.ready())) await new Promise(setImmediate);
    expect(performance.now() - startedAtMs).toBeLessThan(7_000);
    const ownersOf = "select count(*)::integer as count from aaygraph.processes where beat_at > now() - interval '8 s'";
    expect(await sql(server.url, ownersOf)).toEqual([{ count: 1 }]);
  });

  it("do not hold up the end of the process", async () => {
    await using proxy = await startProxy();
    const { events } = watched();
    const database = await openDatabase({ url: proxy.url, events });
    const hanging = codeOf(sleeping(database, 1));
    await database.ping();
    proxy.swallow();
    const startedAtMs = performance.now();
    await database.close();
    expect(performance.now() - startedAtMs).toBeLessThan(7_000);
    expect(await hanging).toBe("STORE_UNAVAILABLE");
  });
});

describe("a process that no longer hears notifications", () => {
  it("sees changes of others all the same", async () => {
    await using proxy = await startProxy();
    await using deaf = await openStore(settingsFor({ databaseUrl: server.url, databaseListenUrl: proxy.url }));
    await using other = await openStore(settingsFor({ databaseUrl: server.url }));
    const session = await openedSession(other);
    let looks = 0;
    deaf.announcements.watch(session.id, () => (looks += 1));
    proxy.swallow();
    await other.sessions.change(session, change());
    const startedAtMs = performance.now();
    while (looks === 0) await deaf.ready();
    expect(performance.now() - startedAtMs).toBeLessThan(7_000);
    // Heard at once by the new connection.
    while (!(await deaf.figures()).isListening) continue;
    looks = 0;
    await other.sessions.change((await other.sessions.byId("lender", [session.id])).get(session.id)!, change());
    const changedAtMs = performance.now();
    while (looks === 0) await deaf.ready();
    expect(performance.now() - changedAtMs).toBeLessThan(900);
  });
});

describe("a store behind a pooler", () => {
  it("prepares no statement under a name", async () => {
    await using store = await openStore(settingsFor({ databaseUrl: server.url, databaseListenUrl: server.url }));
    await store.sessions.list("lender", { first: 1 });
    const { events } = watched();
    const database = await openDatabase({ url: server.url, events, connections: 1, isPooled: true });
    await database.run({ name: "named", text: "select 1" });
    expect((await database.run("select name from pg_prepared_statements")).rows).toEqual([]);
    await database.close();
  });

  it("has its time limits in each transaction", async () => {
    const { events } = watched();
    const database = await openDatabase({ url: server.url, events, connections: 1, isPooled: true });
    const shown = await database.transaction(async (queries) => queries.run("show lock_timeout"));
    expect(shown.rows).toEqual([{ lock_timeout: "5s" }]);
    await database.close();
  });
});

describe("a store that must be replicated", () => {
  it("does not open without a synchronous standby", async () => {
    const opening = openStore(settingsFor({ databaseUrl: server.url, durability: "replicated" }));
    await expect(opening).rejects.toThrow(/no synchronous standby/);
  });
});
