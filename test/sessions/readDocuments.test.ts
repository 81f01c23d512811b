import { failed, type DocumentKind } from "../../src/domain/answer";
import { Fault, type FaultCode } from "../../src/kernel/fault";
import type { LoginClient, Reading, ReadRequest } from "../../src/providers/provider";
import { Secret } from "../../src/kernel/secret";
import type { Session } from "../../src/sessions/session";
import { held, letIn, readingOf, scriptedLogin, ticket } from "../support/scriptedLogin";
import { sessionsOnOneServer, type SessionsUnderTest } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();

type Read = LoginClient["read"];

function failedReading(document: DocumentKind, code: FaultCode, retryAfterSeconds?: number): Reading {
  const fault = new Fault(code, { provider: "KWIKID", ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
  return { document, incomeYear: undefined, answer: failed("KWIKID", fault) };
}

/** A session that is let in, and what is wanted of each reading. The last of the scripts stays. */
async function reading(reads: readonly Read[], { logsInAtFirstRead = false, readings = [] as Reading[] } = {}) {
  const login = scriptedLogin({ terms: { logsInAtFirstRead } });
  const bench = await newBench({ login });
  const wishes: Pick<ReadRequest, "documents" | "incomeYears">[] = [];
  let turn = 0;
  login.script.open = () => Promise.resolve(letIn(readings));
  login.script.read = (of, wish, signal, onReadings) => {
    wishes.push({ documents: wish.documents, incomeYears: wish.incomeYears });
    const read = reads[Math.min(turn, reads.length - 1)]!;
    turn += 1;
    return read(of, wish, signal, onReadings);
  };
  const session = await bench.begin();
  return { bench, session, wishes };
}

const brings =
  (...readings: Reading[]): Read =>
  (of) =>
    Promise.resolve({ ticket: of, readings });
const refuses =
  (code: FaultCode): Read =>
  () =>
    Promise.reject(new Fault(code, { provider: "KWIKID" }));

/** Moves time on until the session is READY or over. */
async function followed(bench: SessionsUnderTest, { id, tenant }: { id: string; tenant: string }) {
  for await (const session of await bench.sessions.watch(tenant, id)) {
    if (["READY", "FAILED", "ENDED"].includes(session.progress.phase)) return session.progress;
    if (session.progress.phase === "READING" && session.progress.tries > 0) bench.clock.advance(5_000);
  }
  return undefined;
}

const profile = readingOf("PROFILE");
const filings = readingOf("FILINGS");

describe("a session that is let in", () => {
  it("reads all that was consented to", async () => {
    const { bench, session, wishes } = await reading([brings(profile, filings)]);
    expect(await followed(bench, session)).toEqual({ phase: "READY" });
    expect(wishes).toEqual([{ documents: ["PROFILE", "FILINGS"], incomeYears: session.incomeYears }]);
    expect(await bench.kept()).toEqual(["FILINGS 2024-25", "FILINGS 2025-26", "PROFILE"]);
  });

  it("reads nothing that has come with the login", async () => {
    const { bench, session, wishes } = await reading([brings(profile)], { readings: [readingOf("FILINGS", 2025)] });
    expect(await followed(bench, session)).toMatchObject({ phase: "READY" });
    expect(wishes).toEqual([{ documents: ["PROFILE", "FILINGS"], incomeYears: [2024] }]);
  });

  it("reads nothing at all when everything has come with the login", async () => {
    const { bench, session } = await reading([brings()], { readings: [profile, filings] });
    expect(await followed(bench, session)).toEqual({ phase: "READY" });
    expect(bench.login.count("read")).toBe(0);
  });

  it("goes on with the ticket that a reading has changed", async () => {
    const again: Read = () => Promise.resolve({ ticket: new Secret("a newer ticket"), readings: [failedFilings] });
    const { bench, session } = await reading([again, brings(profile, filings)]);
    await followed(bench, session);
    expect(bench.login.ticketsOf("read")).toEqual([ticket.reveal(), "a newer ticket"]);
  });
});

const failedFilings = failedReading("FILINGS", "PORTAL_UNAVAILABLE");

/** Moves time on, reading by reading, until nothing more is due. */
async function retried(bench: SessionsUnderTest, session: Session, byMs = 5_000) {
  for (let turn = 0; turn < 6; turn += 1) {
    await bench.jobsDone();
    bench.clock.advance(byMs);
  }
  await bench.jobsDone();
  return (await bench.now(session)).progress;
}

describe("documents that come one by one", () => {
  const oneByOne = async () => {
    const { call, release } = held<Awaited<ReturnType<Read>>>();
    const reports: Read = (_of, _wanted, _signal, onReadings) => {
      onReadings?.([profile]);
      return call();
    };
    const { bench, session } = await reading([reports, brings(filings)]);
    for await (const { progress } of await bench.sessions.watch(session.tenant, session.id)) {
      if (progress.phase === "READING" && progress.hasAnswers) break;
    }
    return { bench, session, release };
  };

  it("are kept while the others are being read", async () => {
    const { bench, session, release } = await oneByOne();
    expect(await bench.kept()).toEqual(["PROFILE"]);
    expect((await bench.now(session)).progress).toMatchObject({ phase: "READING", documents: ["FILINGS"] });
    release({ ticket, readings: [profile, filings] });
    expect(await followed(bench, session)).toEqual({ phase: "READY" });
  });

  it("are written down once each", async () => {
    const { bench, session, release } = await oneByOne();
    release({ ticket, readings: [profile, filings] });
    await bench.reached(session, "READY");
    const { records } = await bench.store.consents.records(bench.tenant, { first: 5 });
    expect(records.map(({ kind, documents }) => [kind, documents])).toEqual([
      ["USED", ["FILINGS"]],
      ["USED", ["PROFILE"]],
      ["GRANTED", ["PROFILE", "FILINGS"]],
    ]);
  });

  it("are not read twice by a sweep that comes meanwhile", async () => {
    const { bench, session, release } = await oneByOne();
    await bench.sweepAfter(61_000);
    release({ ticket, readings: [profile, filings] });
    await bench.reached(session, "READY");
    expect(bench.login.count("read")).toBe(1);
  });

  it("stay when the reading fails as a whole", async () => {
    const fails: Read = (_of, _wanted, _signal, onReadings) => {
      onReadings?.([profile]);
      return Promise.reject(new Fault("PROVIDER_TIMEOUT", { provider: "KWIKID" }));
    };
    const { bench, session, wishes } = await reading([fails, brings(filings)]);
    expect(await followed(bench, session)).toMatchObject({ phase: "READY", missing: { documents: ["FILINGS"] } });
    expect(await retried(bench, session)).toEqual({ phase: "READY" });
    expect(wishes.map(({ documents }) => documents)).toEqual([["PROFILE", "FILINGS"], ["FILINGS"]]);
  });
});

describe("a document that fails", () => {
  it("leaves a session ready at once with the others", async () => {
    const { bench, session } = await reading([brings(profile, failedFilings), brings(filings)]);
    expect(await followed(bench, session)).toMatchObject({
      phase: "READY",
      problem: { code: "PORTAL_UNAVAILABLE" },
      missing: { documents: ["FILINGS"], incomeYears: session.incomeYears },
    });
    expect(bench.login.count("read")).toBe(1);
  });

  it("alone is asked for again", async () => {
    const { bench, session, wishes } = await reading([brings(profile, failedFilings), brings(filings)]);
    await followed(bench, session);
    expect(await retried(bench, session)).toEqual({ phase: "READY" });
    expect(wishes.map(({ documents }) => documents)).toEqual([["PROFILE", "FILINGS"], ["FILINGS"]]);
    expect(await bench.kept()).toContain("FILINGS 2025-26");
  });

  it("four times is the problem of a session that has the others", async () => {
    const { bench, session } = await reading([brings(profile, failedFilings)]);
    await followed(bench, session);
    expect(await retried(bench, session)).toEqual({
      phase: "READY",
      problem: { code: "PORTAL_UNAVAILABLE", provider: "KWIKID" },
      missing: { documents: ["FILINGS"], incomeYears: session.incomeYears },
    });
    expect(bench.login.count("read")).toBe(4);
    expect(await bench.kept()).toEqual(["PROFILE"]);
  });

  it("for good is not asked for again", async () => {
    const { bench, session } = await reading([brings(profile, failedReading("FILINGS", "PROVIDER_BAD_RESPONSE"))]);
    expect(await followed(bench, session)).toMatchObject({
      phase: "READY",
      problem: { code: "PROVIDER_BAD_RESPONSE" },
    });
    expect(bench.login.count("read")).toBe(1);
  });

  it("is asked for again no sooner than its provider says", async () => {
    const busy = failedReading("FILINGS", "PROVIDER_RATE_LIMITED", 60);
    const { bench, session } = await reading([brings(profile, busy), brings(filings)]);
    await bench.reached(session, "READY");
    await bench.jobsDone();
    bench.clock.advance(59_999);
    await bench.jobsDone();
    expect(bench.login.count("read")).toBe(1);
    bench.clock.advance(1);
    await bench.jobsDone();
    expect((await bench.now(session)).progress).toEqual({ phase: "READY" });
  });

  it("is read by the sweep where its job is lost", async () => {
    const { bench, session } = await reading([brings(profile, failedFilings), brings(filings)]);
    await bench.reached(session, "READY");
    await bench.jobsDone();
    bench.loseJobs();
    await bench.sweepAfter(65_000);
    expect((await bench.now(session)).progress).toEqual({ phase: "READY" });
  });

  it("is not read again once a caller has brought it", async () => {
    const { bench, session } = await reading([brings(profile, failedFilings), brings(filings)]);
    const ready = await bench.reached(session, "READY");
    await bench.jobsDone();
    const { tenant, id: sessionId, version, consentId, incomeYears } = ready;
    await bench.sessions.readMore({ tenant, sessionId, version, consentId, documents: ["FILINGS"], incomeYears });
    expect(await retried(bench, session)).toEqual({ phase: "READY" });
    expect(bench.login.count("read")).toBe(2);
  });

  it("is still read when a caller has brought something else", async () => {
    const { bench, session } = await reading([brings(profile, failedFilings), brings(profile), brings(filings)]);
    const ready = await bench.reached(session, "READY");
    await bench.jobsDone();
    const { tenant, id: sessionId, version, consentId, incomeYears } = ready;
    await bench.sessions.readMore({ tenant, sessionId, version, consentId, documents: ["PROFILE"], incomeYears });
    expect((await bench.now(session)).progress).toMatchObject({ problem: { code: "PORTAL_UNAVAILABLE" } });
    expect(await retried(bench, session)).toEqual({ phase: "READY" });
    expect(bench.login.count("read")).toBe(3);
  });
});

describe("a document that would come too late", () => {
  it("is the problem of a session that has the others, at once", async () => {
    const busy = failedReading("FILINGS", "PROVIDER_RATE_LIMITED", 3_600);
    const { bench, session } = await reading([brings(profile, busy)]);
    expect(await followed(bench, session)).toMatchObject({
      phase: "READY",
      problem: { code: "PROVIDER_RATE_LIMITED", retryAfterSeconds: 3_600 },
    });
    expect(bench.login.count("read")).toBe(1);
  });
});

describe("a job that is over with its failure", () => {
  it("is not read again", async () => {
    const final = new Fault("PORTAL_UNAVAILABLE", { provider: "KWIKID", isFinal: true });
    const { bench, session } = await reading([() => Promise.reject(final)]);
    expect(await followed(bench, session)).toMatchObject({
      phase: "FAILED",
      problem: { code: "PORTAL_UNAVAILABLE" },
    });
    expect(bench.login.count("read")).toBe(1);
  });
});

describe("a reading for which we have no call slot", () => {
  it("is no try, even where reading is what logs in", async () => {
    const noSlot = new Fault("PROVIDER_RATE_LIMITED", { retryAfterSeconds: 7, isOurRefusal: true });
    const waits: Read = () => Promise.reject(noSlot);
    const reads = [...Array.from({ length: 6 }, () => waits), brings(profile, filings)];
    const { bench, session } = await reading(reads, { logsInAtFirstRead: true });
    for (let turn = 1; turn <= 6; turn += 1) {
      await bench.login.called("read", turn);
      await bench.jobsDone();
      bench.clock.advance(7_000);
    }
    await bench.reached(session, "READY");
    expect(bench.login.count("read")).toBe(7);
  });
});

describe("a reading of which nothing comes", () => {
  it("four times is the end of the session", async () => {
    const { bench, session } = await reading([refuses("PROVIDER_TIMEOUT")]);
    expect(await followed(bench, session)).toEqual({
      phase: "FAILED",
      problem: { code: "PROVIDER_TIMEOUT", provider: "KWIKID" },
    });
    expect(bench.login.count("read")).toBe(4);
  });

  it("is the session's problem where something had come with the login", async () => {
    const { bench, session } = await reading([refuses("PROVIDER_BAD_RESPONSE")], { readings: [profile] });
    expect(await followed(bench, session)).toMatchObject({
      phase: "READY",
      problem: { code: "PROVIDER_BAD_RESPONSE" },
    });
  });

  it("is the problem of a session to which something has come before", async () => {
    const reads = [brings(profile, failedFilings), refuses("PROVIDER_BAD_RESPONSE")];
    const { bench, session } = await reading(reads);
    await followed(bench, session);
    expect(await retried(bench, session)).toMatchObject({
      phase: "READY",
      problem: { code: "PROVIDER_BAD_RESPONSE" },
    });
  });
});

describe("at a provider that logs in when it is first read", () => {
  const logsInAtFirstRead = true;

  it.each([
    ["it fails as a whole", refuses("PROVIDER_TIMEOUT")],
    ["nothing comes", brings(failedFilings)],
  ])("nothing is read again when %s", async (_why, read) => {
    const { bench, session } = await reading([read], { logsInAtFirstRead });
    expect(await followed(bench, session)).toMatchObject({ phase: "FAILED" });
    expect(bench.login.count("read")).toBe(1);
  });

  it("what is missing is read again once something has come", async () => {
    const { bench, session } = await reading([brings(profile, failedFilings), brings(filings)], { logsInAtFirstRead });
    await followed(bench, session);
    expect(await retried(bench, session)).toEqual({ phase: "READY" });
  });

  it("nothing is read again when the first reading fails as a whole after a document has come", async () => {
    const fails: Read = (_of, _wanted, _signal, onReadings) => {
      onReadings?.([profile]);
      return Promise.reject(new Fault("PROVIDER_TIMEOUT", { provider: "KWIKID" }));
    };
    const { bench, session } = await reading([fails], { logsInAtFirstRead });
    await followed(bench, session);
    expect(await retried(bench, session)).toMatchObject({ phase: "READY", problem: { code: "PROVIDER_TIMEOUT" } });
    expect(bench.login.count("read")).toBe(1);
  });

  it("nothing is read again when the end of the first reading could not be written down", async () => {
    const { call, release } = held<Awaited<ReturnType<Read>>>();
    const { bench, session } = await reading([call], { logsInAtFirstRead });
    await bench.login.called("read");
    bench.breakChangesTo("READY", "FAILED");
    release({ ticket, readings: [profile, filings] });
    await bench.jobsDone();
    bench.breakChangesTo();
    await bench.sweepAfter(61_000);
    expect((await bench.now(session)).progress).toMatchObject({ phase: "FAILED", problem: { code: "INTERNAL" } });
    expect(bench.login.count("read")).toBe(1);
  });
});
