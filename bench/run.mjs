// Measures the built service beside others, on the machine at hand: see README.md for what is compared, and how.
import { deepStrictEqual } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { careful, carefulPeers, contenders, ours } from "./contenders.mjs";
import { measureInsights } from "./insights.mjs";
import { measureStarts } from "./starts.mjs";
import { otherCore, residentMb, startScript, stop } from "./machine.mjs";
import { answerOf, measure } from "./measure.mjs";
import { bodiesOf } from "./operations.mjs";
import { printTable } from "./table.mjs";
import { storedTaxpayers } from "./world.mjs";

const rounds = Number(process.env.ROUNDS ?? 3);
const measureMs = Number(process.env.SECONDS ?? 2.5) * 1_000;
const warmUpMs = 500;
const worlds = [
  { name: "asked for the first time", isHeld: true, isFirst: true, connections: 32 },
  { name: "vendor answers at once", delayMs: 0, connections: 32 },
  { name: "vendor answers after 50 ms", delayMs: 50, connections: 4 },
  { name: "held, asked again", isHeld: true, connections: 32 },
].filter(({ name }) => name.includes(process.env.WORLD ?? ""));
const isWanted = (name) => name === careful || new RegExp(process.env.SERVERS ?? "", "i").test(name);
const namesOf = ({ isFirst = false }) =>
  // What is in memory has no first question.
  Object.keys(contenders).filter((name) => isWanted(name) && (!isFirst || name === ours || name in carefulPeers));
const operations = ["big", "small"].filter((name) => name.includes(process.env.OPERATION ?? ""));
/** Calls in flight that every server may have at the vendor. */
const vendorConnections = 64;

const folder = mkdtempSync(join(tmpdir(), "aaygraph-bench-"));
try {
  if (process.env.WORLD === undefined) await measureStarts(join(folder, "starting"), rounds);
  if ("insights".includes(process.env.WORLD ?? "")) {
    await measureInsights(join(folder, "insights"), { rounds, warmUpMs, measureMs, connections: 8 });
  }
  const needsStore = worlds.length > 0 || process.env.WORLD === "memory";
  const store = needsStore && (await startScript(otherCore, [join(import.meta.dirname, "store.mjs"), folder]));
  for (const world of worlds) await measureWorld(world, store.told);
  if ("memory".includes(process.env.WORLD ?? "")) await measureMemory(store.told);
  if (store) await stop(store);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureWorld(world, databaseUrl) {
  const { name, isHeld = false, isFirst = false, delayMs, connections } = world;
  const vendor = isHeld ? undefined : await startVendor(delayMs);
  const place = { dataDir: folder, databaseUrl, vendorUrl: vendor?.told, connections: vendorConnections };
  const servers = [];
  for (const each of namesOf(world)) servers.push({ name: each, server: await contenders[each](place), results: [] });
  for (const operation of operations) {
    const bodies = bodiesOf(operation, { isHeld, isFirst });
    await compareAnswers(servers, bodies);
    for (const each of servers) each.results = [];
    for (const { server } of servers) await measure(server, { bodies, connections, warmUpMs: 2_000, measureMs: 100 });
    for (let round = 0; round < rounds; round += 1) {
      for (const { server, results } of servers) {
        results.push(await measure(server, { bodies, connections, warmUpMs, measureMs }));
      }
    }
    printTable(`${name}: ${operation}`, servers);
  }
  for (const { server } of servers) await stop(server);
  if (vendor) await stop(vendor);
}

/** What a server takes of the memory when it has been asked about every stored taxpayer once. */
async function measureMemory(databaseUrl) {
  console.log(`\n### resident after ${storedTaxpayers} different taxpayers\n`);
  const bodies = bodiesOf("big", { isHeld: true, isFirst: true });
  for (const name of [careful, ours]) {
    const server = await contenders[name]({ dataDir: folder, databaseUrl });
    const before = residentMb(server);
    while ((server.sent ?? 0) < bodies.length) {
      await measure(server, { bodies, connections: 8, warmUpMs: 0, measureMs: 1_000 });
    }
    console.log(`${name}: ${residentMb(server)} MB, ${before} when it started`);
    await stop(server);
  }
}

function startVendor(delayMs) {
  return startScript(otherCore, [join(import.meta.dirname, "vendor.mjs")], { env: { DELAY_MS: String(delayMs) } });
}

/** Whoever is fast because it says something else is not compared. */
async function compareAnswers(servers, bodies) {
  for (const body of [bodies[0], bodies.at(-1)]) {
    const [expected, ...others] = await Promise.all(servers.map(({ server }) => answerOf(server, body)));
    for (const each of others) deepStrictEqual(each.data, expected.data);
  }
}
