import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { Client } from "pg";
import type { Service } from "./services";

/** The head of a tenant's audit trail, as the store has shown it to somebody. */
export interface SeenHead {
  readonly tenant: string;
  readonly sequence: string;
  readonly hash: string;
}

/** Asks the store over and over, past the services, so that its own outage is known. */
export interface StoreWatch {
  /** When it has taken a write. */
  readonly writtenAtMs: readonly number[];
  /** What was seen may not be lost. */
  readonly heads: ReadonlyMap<string, SeenHead>;
  /** Once it takes writes again. */
  isBack(): Promise<void>;
  end(): Promise<void>;
}

const everyMs = 200;

const probe = `
  with beat as (update cluster_probe set at = now() returning 1)
  select tenant, sequence, encode(hash, 'hex') as hash from beat left join aaygraph.audit_heads on true`;

/** Waits for the leader, and runs one statement there. */
export async function ask<Row extends object>(port: number, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    database: "postgres",
    connectionTimeoutMillis: 1_000,
    query_timeout: 3_000,
  });
  // A server that dies in the middle says so twice: to the query, and here.
  client.on("error", ignore);
  try {
    await client.connect();
    return (await client.query<Row>(text, values)).rows;
  } finally {
    // A frozen server never says goodbye.
    await Promise.race([client.end().catch(ignore), wait(500)]);
  }
}

function ignore(): void {
  return undefined;
}

export async function watchStore(port: number): Promise<StoreWatch> {
  await ask(port, "create table if not exists cluster_probe as select now() as at");
  const writtenAtMs: number[] = [];
  const heads = new Map<string, SeenHead>();
  let isOver = false;
  async function watch(): Promise<void> {
    while (!isOver) {
      try {
        const rows = await ask<SeenHead>(port, probe);
        writtenAtMs.push(Date.now());
        for (const row of rows) if (row.sequence) heads.set(`${row.tenant} ${row.sequence}`, row);
      } catch {
        // It is away. The next round asks again.
      }
      await wait(everyMs);
    }
  }
  const watching = watch();
  return {
    writtenAtMs,
    heads,
    async isBack() {
      // A write that has been under way since before does not count.
      const before = writtenAtMs.length;
      while (writtenAtMs.length < before + 2) await wait(everyMs);
    },
    async end() {
      isOver = true;
      await watching;
    },
  };
}

/** One look whether a process lives. */
export interface Look {
  readonly service: number;
  readonly atMs: number;
  /** Without the time for which the machine had no processor for it. */
  readonly tookMs: number;
  readonly status: number;
}

export interface LifeWatch {
  readonly looks: readonly Look[];
  end(): Promise<void>;
}

/** In a thread of its own, so that what the tests do themselves does not count. */
export async function watchLife(services: readonly Service[]): Promise<LifeWatch> {
  const looks: Look[] = [];
  const pids = new Int32Array(new SharedArrayBuffer(4 * services.length));
  const tellPids = setInterval(() => {
    for (const { number, pid } of services) pids[number] = pid();
  }, 50);
  const workerData = { pids, ports: services.map(({ port }) => port) };
  const worker = new Worker(lifeWatcher, { eval: true, workerData });
  worker.on("message", (look: Look) => looks.push(look));
  await once(worker, "online");
  return {
    looks,
    async end() {
      clearInterval(tellPids);
      await worker.terminate();
    },
  };
}

/** The kernel counts for how long a process that could run has waited for a processor. */
const lifeWatcher = `
const { parentPort, workerData: { pids, ports } } = require("node:worker_threads");
const { readFileSync } = require("node:fs");
const { get } = require("node:http");
let late = 0, last = performance.now();
setInterval(() => { const now = performance.now(); late += Math.max(0, now - last - 10); last = now; }, 10);
const waited = (pid) => {
  try { return Number(readFileSync("/proc/" + pid + "/schedstat", "utf8").split(" ")[1]) / 1e6; } catch { return 0; }
};
ports.forEach((port, service) => setInterval(() => {
  const pid = pids[service], began = performance.now(), without = late + waited(pid), atMs = Date.now();
  const tell = (status) => {
    const tookMs = performance.now() - began - Math.max(0, late + waited(pid) - without);
    parentPort.postMessage({ service, atMs, tookMs, status });
  };
  const asked = get({ host: "127.0.0.1", port, path: "/health/live", agent: false, timeout: 5_000 }, (response) => {
    response.resume().on("end", () => tell(response.statusCode));
  });
  asked.on("timeout", () => asked.destroy()).on("error", () => tell(0));
}, 100));
`;
