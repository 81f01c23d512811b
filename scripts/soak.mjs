// Soaks a service: two server processes, four vendors under random faults, 200 sessions in flight, and one process killed every
// minute. MINUTES (20) and SESSIONS (200) change it. It prints its figures, and ends with status 1 where something was lost,
// memory or handles of the process that lives grow, or the audit trail is not whole.
import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { startPostgres } from "./throwAwayPostgres.mjs";

const minutes = Number(process.env.MINUTES ?? 20);
const atOnce = Number(process.env.SESSIONS ?? 200);
const vendors = ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"];
const killEveryMs = 60_000;
const faultEveryMs = 5_000;
const lookEveryMs = 2_000;
const sampleEveryMs = 5_000;
const settleMs = 120_000;
const main = join(import.meta.dirname, "../dist/server/main.js");
const faults = [
  { fault: "LATENCY", delayMs: 3_000 },
  { fault: "STATUS", status: 500 },
  { fault: "RESET" },
  { fault: "TRUNCATED" },
  { fault: "HTML" },
  { fault: "RATE_LIMIT", retryAfterSeconds: 2 },
  { fault: "HANG" },
];

const sessionFields = "id state nextAction { kind } problem { code }";
const open = `mutation ($input: OpenSessionInput!) { openSession(input: $input) { problem { code retryable } session { id } } }`;
const look = `query ($id: ID!) { session(id: $id) { ${sessionFields} } }`;
const submit = `mutation ($input: SubmitOtpInput!) { submitOtp(input: $input) { problem { code } } }`;
const close = `mutation ($input: SessionInput!) { closeSession(input: $input) { problem { code } } }`;

const folder = mkdtempSync(join(tmpdir(), "soak-"));
let service;
let postgres;
process.on("exit", () => {
  service?.kill("SIGKILL");
  postgres?.server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

postgres = await startPostgres(folder);
const env = {
  ...process.env,
  ...{ PORT: "0", AAY_PROCESSES: "2", DATABASE_URL: postgres.url, AAY_DATA_DIR: join(folder, "data") },
  AAY_LIMIT_REQUESTS_PER_MINUTE: "1000000",
  AAY_LIMIT_LOGINS_PER_DAY: "1000000",
  AAY_LIMIT_RUPEES_PER_DAY: "100000000",
};
const { graphql, phone, token } = await startService();
const [survivor] = await workers();
const counts = { opened: 0, ended: 0, kills: 0, retries: 0, failed: {} };
const journeys = [];
const samples = [];
const untilMs = Date.now() + minutes * 60_000;
const timers = [
  setInterval(kill, killEveryMs),
  setInterval(orderFault, faultEveryMs),
  setInterval(sample, sampleEveryMs),
];
sample();
await Promise.all(Array.from({ length: atOnce }, (_, at) => travelOn(at)));
for (const timer of timers) clearInterval(timer);
sample();
const left = await settle();
report(left, verifyAudit());

/** Sessions one after the other, each of a person of its own. */
async function travelOn(at) {
  await wait((at * 10_000) / atOnce);
  while (Date.now() < untilMs) {
    const journey = newJourney();
    journeys.push(journey);
    await travel(journey);
  }
}

function newJourney() {
  const number = journeys.length;
  const digits = String(number % 10_000).padStart(4, "0");
  return {
    pan: `ZZZP${String.fromCharCode(66 + (Math.floor(number / 10_000) % 24))}${digits}Q`,
    password: `Sandbox@${digits}`,
    provider: vendors[number % vendors.length],
    key: randomUUID(),
  };
}

async function travel(journey) {
  const { pan, password, provider, key } = journey;
  const now = Date.now();
  const consent = {
    purpose: "CREDIT_UNDERWRITING",
    startsAt: new Date(now - 3_600_000).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
    dataLifeDays: 1,
  };
  const input = { pan, password, provider, years: 1, consent, idempotencyKey: key };
  let opened;
  for (;;) {
    opened = (await ask(open, { input })).openSession;
    if (opened.session) break;
    // The session may be there all the same: the key finds it.
    if (!opened.problem.retryable) return refuse(opened.problem.code);
    counts.retries += 1;
    await wait(1_000);
  }
  journey.id = opened.session.id;
  counts.opened += 1;
  for (;;) {
    await wait(lookEveryMs * (0.5 + Math.random()));
    const { session } = await ask(look, { id: journey.id });
    if (session === null) return;
    const { state, nextAction, problem } = session;
    if (nextAction.kind === "SUBMIT_OTP") await submitOtp(journey);
    else if (state === "READY") await ask(close, { input: { sessionId: journey.id } });
    else if (!["OPENING", "PROCESSING", "AWAITING_OTP"].includes(state)) {
      counts.ended += 1;
      if (problem) refuse(problem.code);
      return;
    }
  }
}

function refuse(code) {
  counts.failed[code] = (counts.failed[code] ?? 0) + 1;
}

async function submitOtp({ pan, id }) {
  const { messages } = await (await fetch(`${phone}.json?pan=${pan}`)).json();
  if (messages[0]) await ask(submit, { input: { sessionId: id, otp: messages[0].otp } });
}

/** Asks until it is answered: a process that dies, and a fault that passes, cost another try. */
async function ask(query, variables) {
  for (;;) {
    const body = JSON.stringify({ query, variables });
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    try {
      const response = await fetch(graphql, { method: "POST", headers, body, signal: AbortSignal.timeout(60_000) });
      const { data, errors = [] } = await response.json();
      if (data && !errors.some(({ extensions }) => extensions.retryable)) return data;
      if (errors.length > 0 && !errors.some(({ extensions }) => extensions.retryable)) {
        throw new Error(`refused: ${errors[0].extensions.code}`);
      }
    } catch (error) {
      if (String(error).includes("refused: ")) throw error;
    }
    counts.retries += 1;
    await wait(500);
  }
}

async function startService() {
  service = spawn(process.execPath, ["--enable-source-maps", main], { env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  const found = (pattern) => pattern.exec(text)?.[1];
  return new Promise((resolve, reject) => {
    service.once("exit", (status) => reject(new Error(`the service has ended with ${status}`)));
    service.stdout.on("data", (piece) => {
      if (text.length > 100_000) return;
      text += piece;
      const addresses = {
        graphql: found(/GraphQL\s+(\S+)/),
        phone: found(/Fake phone\s+(\S+)/),
        token: found(/(eyJ[\w-]+\.[\w-]+\.[\w-]+)/),
      };
      if (Object.values(addresses).every(Boolean)) resolve(addresses);
    });
  });
}

async function workers() {
  for (;;) {
    const children = readFileSync(`/proc/${service.pid}/task/${service.pid}/children`, "utf8");
    const pids = children.trim().split(" ").map(Number);
    if (pids.length === 2) return pids;
    await wait(200);
  }
}

async function kill() {
  const victim = (await workers()).find((pid) => pid !== survivor);
  process.kill(victim, "SIGKILL");
  counts.kills += 1;
}

function orderFault() {
  const vendor = vendors[Math.floor(Math.random() * vendors.length)];
  const fault = faults[Math.floor(Math.random() * faults.length)];
  const order = { vendor, ...fault, times: fault.fault === "HANG" ? 1 : 1 + Math.floor(Math.random() * 4) };
  const headers = { "content-type": "application/json" };
  fetch(new URL("faults", phone), { method: "POST", headers, body: JSON.stringify(order) }).catch(() => undefined);
}

function sample() {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${survivor}/status`, "utf8"));
  const handles = readdirSync(`/proc/${survivor}/fd`).length;
  samples.push({ megabytes: Number(kilobytes) / 1_024, handles });
}

/** Until every session is over and every login is logged out. What is left by then is lost. */
async function settle() {
  await fetch(new URL("faults", phone), { method: "DELETE" });
  const client = new pg.Client(postgres.url);
  await client.connect();
  const giveUpAtMs = Date.now() + settleMs;
  for (;;) {
    const { rows } = await client.query(
      `select count(*) filter (where ended_at is null)::integer as open,
         count(*) filter (where logout = 'DUE')::integer as "loggedIn",
         coalesce(array_agg(id), '{}') as ids from aaygraph.sessions`,
    );
    const known = new Set(rows[0].ids);
    const missing = journeys.filter(({ id }) => id !== undefined && !known.has(id)).length;
    const { open, loggedIn } = rows[0];
    if ((open === 0 && loggedIn === 0) || Date.now() > giveUpAtMs) {
      await client.end();
      return { open, loggedIn, missing, twice: known.size - new Set(journeys.flatMap(({ id }) => id ?? [])).size };
    }
    await wait(1_000);
  }
}

function verifyAudit() {
  try {
    return execFileSync(process.execPath, [main, "audit", "verify"], { env }).toString().trim();
  } catch (error) {
    return `NOT WHOLE ${error.stdout}`;
  }
}

/** The first fifth is the start: caches fill. Level is what the rest begins and ends with. */
function growthOf(figure) {
  const settled = samples.slice(Math.floor(samples.length / 5)).map(figure);
  const third = Math.max(1, Math.floor(settled.length / 3));
  const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
  const [first, last] = [median(settled.slice(0, third)), median(settled.slice(-third))];
  return { first: Math.round(first), last: Math.round(last), growth: last / first - 1 };
}

function report(left, audit) {
  const memory = growthOf(({ megabytes }) => megabytes);
  const handles = growthOf(({ handles: count }) => count);
  console.log(`${minutes} minutes, ${atOnce} sessions in flight, ${counts.kills} kills of one of two processes`);
  console.log(`sessions: ${counts.opened} opened, ${counts.ended} ended, ${counts.retries} questions asked again`);
  console.log(`problems: ${JSON.stringify(counts.failed)}`);
  console.log(`left: ${JSON.stringify(left)}`);
  console.log(
    `memory of the survivor: ${memory.first} MB, then ${memory.last} MB; handles: ${handles.first}, then ${handles.last}`,
  );
  console.log(`audit: ${audit}`);
  const wrong = [
    ...(Object.values(left).some((count) => count !== 0) ? ["something was lost"] : []),
    // A heap that is not yet full grows for minutes.
    ...(memory.growth > 0.25 && minutes >= 10 ? ["memory grows"] : []),
    ...(handles.growth > 0.2 ? ["handles grow"] : []),
    ...(/NOT WHOLE/.test(audit) ? ["the audit trail is not whole"] : []),
    ...(counts.failed.INTERNAL > 0 && counts.kills === 0 ? ["a session failed by our own fault"] : []),
  ];
  console.log(wrong.length === 0 ? "The soak: nothing lost." : `The soak: ${wrong.join(", ")}.`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
