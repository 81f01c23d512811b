// Measures what waiting sessions cost one process: memory, event-loop delay, and how soon a change reaches its watcher.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { pinned } from "./machine.mjs";
import { openWaitingVendors } from "./waitingVendors.mjs";

const count = Number(process.env.SESSIONS ?? 5_000);
const sockets = Number(process.env.SOCKETS ?? 250);
const restSeconds = Number(process.env.REST_SECONDS ?? 30);
const changes = 200;

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "aaygraph-bench-"));
const vendors = await openWaitingVendors();
execFileSync(process.execPath, [join(root, "scripts/build.mjs")]);
const service = await start();
try {
  print("", "service", "PostgreSQL", "loop p50", "loop p99", "loop max", "CPU", "vendor calls");
  await rest("nobody there");
  const openedAt = performance.now();
  const ids = await openAll();
  console.log(`${count} sessions opened in ${((performance.now() - openedAt) / 1_000).toFixed(1)} s`);
  await rest(`${count} waiting`);
  const watchers = await watchAll(ids);
  await rest(`and ${count} watchers`);
  const delays = await closeSome(ids, watchers);
  console.log(`a change reaches its watcher in ${at(delays, 0.5)} ms (median), ${at(delays, 0.95)} ms (95 of 100),`);
  console.log(`${at(delays, 1)} ms at most, from the mutation's sending, of ${changes} changes`);
  await rest("after the changes");
  for (const client of watchers.clients) await client.dispose();
} finally {
  service.child.kill("SIGTERM");
  await service.ended;
  vendors.close();
  rmSync(folder, { recursive: true, force: true });
}

async function start() {
  const env = { ...process.env, ...vendors.env, PORT: "0", AAY_DATA_DIR: join(folder, "kept") };
  const [command, ...args] = pinned(0, [process.execPath, "--enable-source-maps", join(root, "dist/server/main.js")]);
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    if (!output.includes('"service started"')) output += chunk;
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  while (!output.includes('"service started"')) await new Promise((resolve) => child.stdout.once("data", resolve));
  return { child, ended, url: /GraphQL +(\S+)/.exec(output)[1], token: /eyJ\S+/.exec(output)[0] };
}

async function ask(query, variables) {
  const headers = { authorization: `Bearer ${service.token}`, "content-type": "application/json" };
  const reply = await fetch(service.url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await reply.json();
  if (errors) throw new Error(`unexpected answer: ${JSON.stringify(errors).slice(0, 300)}`);
  return data;
}

/** Half of them wait for the taxpayer, and half for the vendor. */
async function openAll() {
  const ids = [];
  let next = 0;
  const openNext = async () => {
    while (next < count) {
      const number = next++;
      ids[number] = await open(number);
    }
  };
  await Promise.all(Array.from({ length: 16 }, openNext));
  return ids;
}

async function open(number) {
  const consent = {
    purpose: "KYC",
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    dataLifeDays: 1,
  };
  const input = {
    pan: `ZZZPB${String(number).padStart(4, "0")}C`,
    password: "a password",
    provider: number % 2 === 0 ? "KWIKID" : "FINPASS",
    consent,
    idempotencyKey: `bench ${number}`,
  };
  const mutation = `mutation ($input: OpenSessionInput!) {
    openSession(input: $input) { session { id state } problem { message } } }`;
  const { session, problem } = (await ask(mutation, { input })).openSession;
  if (!["AWAITING_OTP", "PROCESSING"].includes(session?.state)) throw new Error(`not waiting: ${problem?.message}`);
  return session.id;
}

async function watchAll(ids) {
  const clients = Array.from({ length: sockets }, () =>
    createClient({
      url: service.url.replace("http", "ws"),
      webSocketImpl: WebSocket,
      lazy: false,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${service.token}` },
    }),
  );
  const endedById = new Map();
  const query = "subscription ($id: ID!) { sessionChanged(id: $id) { id state nextAction { kind pollAfterMs } } }";
  const first = ids.map((id, number) => {
    const ended = Promise.withResolvers();
    endedById.set(id, ended.promise);
    return new Promise((resolve, reject) => {
      clients[number % sockets].subscribe(
        { query, variables: { id } },
        {
          next({ data }) {
            resolve();
            if (data?.sessionChanged.state === "ENDED") ended.resolve(performance.now());
          },
          error: reject,
          complete() {},
        },
      );
    });
  });
  await Promise.all(first);
  return { clients, endedById };
}

/** One after another, so that a change waits for nothing but the service. */
async function closeSome(ids, { endedById }) {
  const delays = [];
  const step = Math.floor(ids.length / changes);
  for (let number = 0; number < changes; number += 1) {
    const id = ids[number * step];
    const sentAt = performance.now();
    await ask("mutation ($id: ID!) { closeSession(input: { sessionId: $id }) { session { state } } }", { id });
    delays.push((await endedById.get(id)) - sentAt);
  }
  return delays.sort((a, b) => a - b);
}

/** Looks at a time in which nobody asks for anything. A loop that is never late is measured at 10 ms, the timer's grain. */
async function rest(what) {
  // Each look at the metrics begins a new measurement.
  await metrics();
  const [cpuBefore, callsBefore] = [cpuSeconds(), vendors.calls()];
  await pause(restSeconds * 1_000);
  const cpu = (100 * (cpuSeconds() - cpuBefore)) / restSeconds;
  const perSecond = (vendors.calls() - callsBefore) / restSeconds;
  const told = await metrics();
  const lag = (name) => `${(1_000 * told.get(`nodejs_eventloop_lag_${name}_seconds`)).toFixed(0)} ms`;
  const memory = [service.child.pid, ...postgres()].map(memoryMb);
  const serverMb = memory.slice(1).reduce((sum, each) => sum + each, 0);
  const sizes = [memory[0], serverMb].map((mb) => `${Math.round(mb)} MB`);
  print(what, ...sizes, lag("p50"), lag("p99"), lag("max"), `${cpu.toFixed(0)} %`, `${perSecond.toFixed(0)}/s`);
}

async function metrics() {
  const headers = { authorization: `Bearer ${service.token}` };
  const text = await (await fetch(new URL("/metrics", service.url), { headers })).text();
  return new Map([...text.matchAll(/^(\w+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]));
}

/** What PostgreSQL's processes share is counted once. */
function memoryMb(pid) {
  return Number(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]) / 1_024;
}

function cpuSeconds() {
  const [user, system] = readFileSync(`/proc/${service.child.pid}/stat`, "utf8")
    .split(") ")[1]
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

/** The server on our folder, and each of its processes. */
function postgres() {
  const parentByPid = new Map();
  let server;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      parentByPid.set(pid, readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1]);
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`-D\0${folder}`)) server = pid;
    } catch {
      // It has ended meanwhile.
    }
  }
  return [server, ...[...parentByPid].filter(([, parent]) => parent === server).map(([pid]) => pid)];
}

function at(sorted, share) {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
}

function print(what, ...columns) {
  console.log(what.padEnd(22) + columns.map((column) => column.padStart(13)).join(""));
}
