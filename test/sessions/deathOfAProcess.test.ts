import { systemClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { Secret } from "../../src/kernel/secret";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { LoginClient, Stage } from "../../src/providers/provider";
import { createSessions } from "../../src/sessions/lifecycle";
import type { SessionStore } from "../../src/sessions/ports";
import type { Phase, Session } from "../../src/sessions/session";
import { createKeepReadings } from "../../src/reading/storedAnswer";
import { startHeart } from "../../src/store/queue/heartbeat";
import { createAnnouncements, openListener } from "../../src/store/queue/listener";
import { createConsents } from "../../src/store/consents/consents";
import { startEmbedded, type EmbeddedServer } from "../../src/store/postgres/embedded";
import { createErasures } from "../../src/store/erasures";
import { createFiles } from "../../src/store/taxpayers/files";
import { openJobs } from "../../src/store/queue/jobs";
import { createSessions as createSessionStore } from "../../src/store/sessions/sessions";
import { openStore } from "../../src/store/store";
import { createTaxpayers } from "../../src/store/taxpayers/taxpayers";
import { insideOf, terms } from "../store/granting";
import { ignore, newDataDir, pan, settingsFor } from "../store/storePlace";
import { awaitingTime, held, letIn, readingOf, scriptedLogin, ticket } from "../support/scriptedLogin";

const dataDir = newDataDir();
let server: EmbeddedServer;
const started: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  await (await openStore(settingsFor({ databaseUrl: server.url })))[Symbol.asyncDispose]();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
});

afterAll(async () => {
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

/** All of one process that has to do with sessions. Its jobs are real, and its vendor shows what it has called. */
async function startProcess({ logsInAtFirstRead = false } = {}) {
  const login = scriptedLogin({ terms: { logsInAtFirstRead } });
  const clock = systemClock;
  const events = createEvents();
  const inside = await insideOf(server.url);
  const { database, keyring } = inside;
  const { url } = server;
  const listener = await openListener({ url, events });
  const heart = await startHeart({ url, database, isAlone: false, onBeat: ignore });
  const { owner } = heart;
  const jobs = await openJobs({ database, listener, events, owner, vendors: [] });
  const real = createSessionStore({
    database,
    keyring,
    jobs,
    owner,
    ceilings: { rupeesPerDay: Infinity, portalLoginsPerDay: Infinity },
  });
  let canWrite = true;
  const store: SessionStore = {
    ...real,
    claim: (...claim) => (canWrite ? real.claim(...claim) : Promise.reject(new Error("the store is away"))),
    change: (...change) => (canWrite ? real.change(...change) : Promise.reject(new Error("the store is away"))),
  };
  const sessions = createSessions({
    store,
    consents: createConsents(database, keyring, ignore),
    erasures: createErasures(database, keyring, ignore),
    announcements: createAnnouncements(listener),
    keepReadings: createKeepReadings(
      createTaxpayers(database, keyring, clock, ignore),
      createFiles(database, keyring),
      clock,
    ),
    connected: [login.connected],
    clock,
    events,
  });
  await sessions.runJobs(jobs);
  const end = Promise.withResolvers<never>();
  end.promise.catch(ignore);
  const running = {
    login,
    sessions,
    store,
    /** A call that does not come back as long as the test runs. */
    never: () => end.promise,
    /** Whether it can write down changes or claims. */
    writes(can: boolean) {
      canWrite = can;
    },
    /** It takes no more jobs, and everybody sees that it is gone; the calls that it has made do not come back. */
    async kill() {
      void jobs.stop();
      await heart[Symbol.asyncDispose]();
      await listener[Symbol.asyncDispose]();
    },
    async close() {
      end.reject(new Error("the test is over"));
      await jobs[Symbol.asyncDispose]();
      await heart[Symbol.asyncDispose]();
      await listener[Symbol.asyncDispose]();
      await inside[Symbol.asyncDispose]();
    },
  };
  started.push(running);
  return running;
}

type Process = Awaited<ReturnType<typeof startProcess>>;

let number = 0;

/** Asks for a session, and comes back with it as soon as the vendor has been called. */
async function begin({ sessions, store, login }: Process): Promise<Session> {
  number += 1;
  const nowMs = Date.now();
  const opening = sessions.open({
    tenant: "lender",
    pan: pan(number),
    password: new Secret("the password"),
    provider: undefined,
    documents: undefined,
    years: 2,
    consent: terms({ startsAtMs: nowMs, expiresAtMs: nowMs + 86_400_000 }),
    idempotencyKey: `key ${number}`,
  });
  opening.catch(ignore);
  await login.called("open");
  return (await store.live("lender", { pan: pan(number) }))[0]!;
}

async function reached({ sessions }: Process, { tenant, id }: Session, phase: Phase): Promise<Session> {
  const seen: Phase[] = [];
  for await (const session of await sessions.watch(tenant, id)) {
    if (session.progress.phase === phase) return session;
    seen.push(session.progress.phase);
  }
  throw new Error(`came to ${seen.join(", ")} instead of ${phase}`);
}

function submitOtp({ sessions }: Process, { tenant, id }: Session) {
  return sessions.submitOtp(tenant, id, { otp: new Secret("123456"), accessToken: undefined });
}

const everything = [readingOf("PROFILE"), readingOf("FILINGS")];
const interrupted = {
  phase: "FAILED",
  problem: {
    code: "INTERNAL",
    hint: "The service was interrupted while it was logging in. Please open a new session.",
  },
};

describe("a process that dies", () => {
  it("while the login is under way leaves a session that has failed", async () => {
    const first = await startProcess();
    first.login.script.open = first.never;
    const session = await begin(first);
    await first.kill();
    const second = await startProcess();
    expect((await reached(second, session, "FAILED")).progress).toEqual(interrupted);
    await second.login.called("close");
    expect(second.login.calls).toEqual(["close"]);
  });

  it("while a one-time password is checked leaves a session that has failed", async () => {
    const first = await startProcess();
    first.login.script.submitOtp = first.never;
    const session = await reached(first, await begin(first), "AWAITING_OTP");
    submitOtp(first, session).catch(ignore);
    await first.login.called("submitOtp");
    await first.kill();
    const second = await startProcess();
    expect((await reached(second, session, "FAILED")).progress).toEqual(interrupted);
    await second.login.called("close");
    expect(second.login.calls).toEqual(["close"]);
    expect(second.login.ticketsOf("close")).toEqual([ticket.reveal()]);
  });

  it("while a one-time password is checked leaves the logout of a session that was ended meanwhile", async () => {
    const first = await startProcess();
    const second = await startProcess();
    first.login.script.submitOtp = first.never;
    const session = await reached(first, await begin(first), "AWAITING_OTP");
    submitOtp(first, session).catch(ignore);
    await first.login.called("submitOtp");
    await second.sessions.close(session.tenant, session.id);
    expect(second.login.calls).not.toContain("close");
    await first.kill();
    await second.login.called("close");
    expect(second.login.ticketsOf("close")).toEqual([ticket.reveal()]);
  });

  it("while a one-time password is awaited leaves one that another takes", async () => {
    const first = await startProcess();
    const session = await reached(first, await begin(first), "AWAITING_OTP");
    await first.kill();
    const second = await startProcess();
    await submitOtp(second, session);
    await reached(second, session, "READY");
    expect(second.login.calls.slice(0, 1)).toEqual(["submitOtp"]);
  });

  it("between two polls leaves a session that another one polls", async () => {
    const first = await startProcess();
    first.login.script.open = () => Promise.resolve(awaitingTime(2_000));
    const session = await reached(first, await begin(first), "WAITING");
    await first.kill();
    const second = await startProcess();
    second.login.script.poll = () => Promise.resolve(letIn(everything));
    await reached(second, session, "READY");
    expect(second.login.calls).toEqual(["poll"]);
  });

  it("at a poll leaves a session that another one polls", async () => {
    const first = await startProcess();
    first.login.script.open = () => Promise.resolve(awaitingTime(1));
    first.login.script.poll = first.never;
    const session = await begin(first);
    await first.login.called("poll");
    await first.kill();
    const second = await startProcess();
    second.login.script.poll = () => Promise.resolve(letIn(everything));
    await reached(second, session, "READY");
    expect(second.login.calls).toEqual(["poll"]);
  });

  it("at a reading leaves documents that another one reads", async () => {
    const first = await startProcess();
    first.login.script.open = () => Promise.resolve(letIn());
    first.login.script.read = first.never;
    const session = await begin(first);
    await first.login.called("read");
    await first.kill();
    const second = await startProcess();
    await reached(second, session, "READY");
    expect(second.login.calls).toEqual(["read"]);
  });

  it("at a reading that logs in leaves a session that has failed", async () => {
    const first = await startProcess({ logsInAtFirstRead: true });
    first.login.script.open = () => Promise.resolve(letIn());
    first.login.script.read = first.never;
    const session = await begin(first);
    await first.login.called("read");
    await first.kill();
    const second = await startProcess({ logsInAtFirstRead: true });
    expect((await reached(second, session, "FAILED")).progress).toEqual(interrupted);
    await second.login.called("close");
    expect(second.login.calls).toEqual(["close"]);
  });

  it("at a logout leaves it to be sent by another one", async () => {
    const first = await startProcess();
    first.login.script.close = first.never;
    const session = await reached(first, await begin(first), "AWAITING_OTP");
    await first.sessions.close(session.tenant, session.id);
    await first.login.called("close");
    await first.kill();
    const second = await startProcess();
    await second.login.called("close");
    expect(second.login.ticketsOf("close")).toEqual([ticket.reveal()]);
  });
});

describe("a process that lives and cannot write down the end of its work", () => {
  it("leaves a READY session to another one", async () => {
    const [first, second] = [await startProcess(), await startProcess()];
    first.login.script.open = () => Promise.resolve(letIn(everything));
    const { tenant, id: sessionId, version, consentId } = await reached(first, await begin(first), "READY");
    const wanted = { tenant, sessionId, consentId, documents: ["FILINGS"] } as const;
    first.writes(false);
    await first.sessions.readMore({ ...wanted, version, incomeYears: [2023 as IncomeYear] }).catch(ignore);
    let outcome: Awaited<ReturnType<typeof second.sessions.readMore>> = "LOOK_AGAIN";
    for (let look = 0; look < 6 && outcome === "LOOK_AGAIN"; look += 1) {
      const now = (await second.store.byId(tenant, [sessionId])).get(sessionId)!;
      outcome = await second.sessions.readMore({ ...wanted, version: now.version, incomeYears: [2023 as IncomeYear] });
    }
    expect(outcome).toEqual({ fault: undefined });
    expect(second.login.calls).toEqual(["read"]);
  });

  it("leaves a reading to another one", async () => {
    const [first, second] = [await startProcess(), await startProcess()];
    const { call, release } = held<Awaited<ReturnType<LoginClient["read"]>>>();
    first.login.script.open = () => Promise.resolve(letIn());
    first.login.script.read = call;
    second.login.script.read = call;
    const session = await begin(first);
    const reader = await Promise.race([first, second].map(async (one) => (await one.login.called("read"), one)));
    const other = reader === first ? second : first;
    other.login.script.read = (of) => Promise.resolve({ ticket: of, readings: everything });
    reader.writes(false);
    release({ ticket, readings: everything });
    await reached(other, session, "READY");
    expect(other.login.count("read")).toBe(1);
    // The faulty process may take the job several times before the other one does.
  }, 120_000);
});

describe("a login that comes back after its process was given up", () => {
  it("changes nothing, for it is logged out", async () => {
    const first = await startProcess();
    const { call, release } = held<Stage>();
    first.login.script.open = call;
    const session = await begin(first);
    await first.kill();
    const second = await startProcess();
    const failed = await reached(second, session, "FAILED");
    release(letIn(everything));
    await first.login.called("close");
    expect((await second.store.byId(session.tenant, [session.id])).get(session.id)).toEqual(failed);
    expect(first.login.ticketsOf("close")).toEqual([ticket.reveal()]);
  });
});
