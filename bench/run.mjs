// Measures the built service on this machine: start, memory, and the compliance query on data that is held.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, pinned } from "./machine.mjs";

const rounds = Number(process.env.ROUNDS ?? 3);
const folder = mkdtempSync(join(tmpdir(), "aaygraph-bench-"));
const pans = Array.from({ length: 20 }, (_, at) => `ZZZPB${2_000 + at}C`);
const operations = {
  "20 taxpayers with compliance": {
    query: `query Big($pans: [Pan!]!) { taxpayers(pans: $pans) { id pan holderType
      compliance { itrFiled standing filingStatus assessmentYear filedOn acknowledgementNumber checkedAt
        provenance { provider method fetchedAt } } } }`,
    variables: { pans },
  },
  "one taxpayer, three fields": {
    query: "query Small($pan: Pan!) { taxpayer(pan: $pan) { pan compliance { standing filedOn } } }",
    variables: { pan: pans[0] },
  },
};

try {
  const first = await start();
  await stop(first);
  const starts = [];
  for (let round = 0; round < rounds; round += 1) {
    const service = await start();
    starts.push(service.readyAfterMs);
    await stop(service);
  }
  console.log(`start on an empty folder      ${first.readyAfterMs} ms`);
  console.log(`start on a folder that exists ${median(starts)} ms (median of ${rounds})`);

  const service = await start();
  console.log(`resident when idle            ${residentMb(service.child.pid)} MB, PostgreSQL's processes not counted`);
  for (const [name, operation] of Object.entries(operations)) {
    const results = Array.from({ length: rounds }, () => load(service, operation));
    const perSecond = median(results.map((result) => result.perSecond));
    const { p50Ms, p99Ms } = results.find((result) => result.perSecond === perSecond);
    console.log(`${name.padEnd(29)} ${perSecond} requests/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms (median of ${rounds})`);
  }
  console.log(`resident after the load       ${residentMb(service.child.pid)} MB`);
  await stop(service);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Time is counted from the process's start to the moment it answers that it is ready. */
async function start() {
  const startedAt = performance.now();
  const env = { ...process.env, PORT: "0", AAY_DATA_DIR: join(folder, "kept") };
  const [command, ...args] = pinned(0, [process.execPath, join(import.meta.dirname, "../dist/server/main.js")]);
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  while (!output.includes('"service started"')) await new Promise((resolve) => child.stdout.once("data", resolve));
  const url = /GraphQL +(\S+)/.exec(output)[1];
  const token = /eyJ\S+/.exec(output)[0];
  const { status } = await fetch(new URL("/health/ready", url));
  if (status !== 200) throw new Error("the service is up and not ready");
  return { child, url, token, readyAfterMs: Math.round(performance.now() - startedAt) };
}

async function stop({ child }) {
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("close", resolve));
}

function load({ url, token }, operation) {
  const wish = { url, token, body: JSON.stringify(operation), seconds: 5, connections: 32 };
  const [command, ...args] = pinned(1, [process.execPath, join(import.meta.dirname, "load.mjs"), JSON.stringify(wish)]);
  return JSON.parse(execFileSync(command, args, { encoding: "utf8" }));
}

function residentMb(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1_024);
}
