import type { Stage } from "../../src/providers/provider";
import type { Phase } from "../../src/sessions/session";
import { awaitingOtp, awaitingTime, held, letIn, readingOf } from "../support/scriptedLogin";
import { sessionsOnOneServer } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();
const callMs = 300_000;

const interrupted = { phase: "FAILED", problem: { code: "INTERNAL" } };
const everywhere: readonly Phase[] = ["AWAITING_OTP", "WAITING", "READING", "READY", "FAILED"];

/** The store cannot write down what has come of the call that is held, and then it can again. */
async function whileAway<T>(
  bench: Awaited<ReturnType<typeof newBench>>,
  { release }: { release: (value: T) => void },
  value: T,
): Promise<void> {
  bench.breakChangesTo(...everywhere);
  release(value);
  await bench.sessions.drain(1_000);
  await bench.jobsDone();
  bench.breakChangesTo();
}

describe("a store that is away when a call comes back", () => {
  it("leaves a login that fails closed", async () => {
    const bench = await newBench();
    const login = held<Stage>();
    bench.login.script.open = login.call;
    const session = await bench.begin();
    await whileAway(bench, login, awaitingOtp());
    expect((await bench.now(session)).progress.phase).toBe("OPENING");
    await bench.sweepAfter(callMs);
    expect((await bench.now(session)).progress).toMatchObject(interrupted);
    await bench.login.called("close");
  });

  it("leaves a one-time password that fails closed", async () => {
    const bench = await newBench();
    const check = held<Stage>();
    bench.login.script.submitOtp = check.call;
    const { session } = await bench.open();
    void bench.submitOtp(session!);
    await bench.login.called("submitOtp");
    await whileAway(bench, check, letIn());
    expect((await bench.now(session!)).progress.phase).toBe("CHECKING_OTP");
    await bench.sweepAfter(callMs);
    expect((await bench.now(session!)).progress).toMatchObject(interrupted);
    await bench.login.called("close");
  });

  it("leaves a poll that is made again", async () => {
    const bench = await newBench();
    const poll = held<Stage>();
    bench.login.script.open = () => Promise.resolve(awaitingTime(1_000));
    bench.login.script.poll = poll.call;
    const { session } = await bench.open();
    bench.clock.advance(1_000);
    await bench.login.called("poll");
    const done = letIn([readingOf("PROFILE"), readingOf("FILINGS")]);
    await whileAway(bench, poll, done);
    expect((await bench.now(session!)).progress.phase).toBe("WAITING");
    await bench.sweepAfter(61_000);
    expect((await bench.now(session!)).progress).toEqual({ phase: "READY" });
  });

  it("is told where the failures of nobody in particular are told", async () => {
    const bench = await newBench();
    const login = held<Stage>();
    bench.login.script.open = login.call;
    await bench.begin();
    await whileAway(bench, login, awaitingOtp());
    expect(bench.failures).toEqual([new Error("the store is away")]);
  });
});

describe("a store that fails over while a call is under way", () => {
  it("has a login written down as soon as it is back", async () => {
    const bench = await newBench();
    const login = held<Stage>();
    bench.login.script.open = login.call;
    const session = await bench.begin();
    bench.takeStoreAway("lost");
    login.release(awaitingOtp());
    await bench.letPausesPass(5);
    bench.takeStoreAway(undefined);
    await bench.letPausesPass(1);
    await bench.reached(session, "AWAITING_OTP");
    expect(bench.login.calls).toEqual(["open"]);
  });

  it("knows its own change again whose commit was not answered", async () => {
    const bench = await newBench();
    const login = held<Stage>();
    bench.login.script.open = login.call;
    const session = await bench.begin();
    bench.takeStoreAway("done");
    login.release(awaitingOtp());
    while ((await bench.now(session)).progress.phase === "OPENING") continue;
    bench.takeStoreAway(undefined);
    await bench.letPausesPass(10);
    await bench.sessions.drain(1_000);
    expect((await bench.now(session)).progress.phase).toBe("AWAITING_OTP");
    expect(bench.login.calls).toEqual(["open"]);
  });

  it("has an attempt made whose count was committed and not answered", async () => {
    const bench = await newBench();
    bench.login.script.submitOtp = () => Promise.resolve(letIn([readingOf("PROFILE"), readingOf("FILINGS")]));
    const { session } = await bench.open();
    bench.loseNextChange();
    void bench.submitOtp(session!).catch(() => undefined);
    while ((await bench.now(session!)).progress.phase === "AWAITING_OTP") continue;
    await bench.letPausesPass(3);
    await bench.reached(session!, "READY");
    expect(bench.login.count("submitOtp")).toBe(1);
  });

  it("has a right one-time password written down as soon as it is back", async () => {
    const bench = await newBench();
    const check = held<Stage>();
    bench.login.script.submitOtp = check.call;
    const { session } = await bench.open();
    void bench.submitOtp(session!).catch(() => undefined);
    await bench.login.called("submitOtp");
    bench.takeStoreAway("lost");
    check.release(letIn([readingOf("PROFILE"), readingOf("FILINGS")]));
    await bench.letPausesPass(3);
    bench.takeStoreAway(undefined);
    await bench.letPausesPass(1);
    await bench.reached(session!, "READY");
    expect(bench.login.count("close")).toBe(0);
  });

  it("has a login ended at the vendor that cannot be written down in time", async () => {
    const bench = await newBench();
    const login = held<Stage>();
    bench.login.script.open = login.call;
    const session = await bench.begin();
    bench.takeStoreAway("lost");
    login.release(awaitingOtp());
    await bench.letPausesPass(80);
    await bench.login.called("close");
    bench.takeStoreAway(undefined);
    await bench.sweepAfter(callMs);
    expect((await bench.now(session)).progress).toMatchObject(interrupted);
  });

  it("has a login ended at the vendor when the process stops meanwhile", async () => {
    const bench = await newBench();
    const login = held<Stage>();
    bench.login.script.open = login.call;
    await bench.begin();
    bench.takeStoreAway("lost");
    login.release(awaitingOtp());
    const drained = bench.sessions.drain(1_000);
    await bench.letPausesPass(1);
    await drained;
    expect(bench.login.calls).toEqual(["open", "close"]);
  });

  it("has a session logged in whose opening was not answered", async () => {
    const bench = await newBench();
    bench.loseNextOpening();
    const opening = bench.open();
    while (bench.login.count("open") === 0) {
      await bench.store.ready();
      bench.clock.advance(100);
    }
    expect(await opening).toMatchObject({ replayed: false, session: { progress: { phase: "AWAITING_OTP" } } });
    expect(bench.login.calls).toEqual(["open"]);
  });

  it("has no logout given up", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    bench.loseJobs();
    await bench.sessions.close(session!.tenant, session!.id);
    bench.failLogoutQuestions(true);
    const swept = bench.sweepAfter(600_000);
    await bench.letPausesPass(2);
    bench.failLogoutQuestions(false);
    await bench.letPausesPass(1);
    await swept;
    await bench.login.called("close");
    expect(bench.login.count("close")).toBe(1);
  });
});

describe("a login that cannot be written down for another reason", () => {
  it("is failed by the next sweep", async () => {
    const bench = await newBench();
    const login = held<Stage>();
    bench.login.script.open = login.call;
    const session = await bench.begin();
    await whileAway(bench, login, awaitingOtp());
    await bench.sweepAfter(1);
    expect((await bench.now(session)).progress).toMatchObject(interrupted);
  });
});

describe("a session that cannot be changed", () => {
  it("is reported once, however often it is due", async () => {
    const bench = await newBench();
    await bench.open();
    bench.breakChangesTo("ENDED", "FAILED");
    const monthMs = 31 * 86_400_000;
    for (let sweep = 0; sweep < 3; sweep += 1) await bench.sweepAfter(monthMs);
    expect(bench.failures).toEqual([new Error("the store is away")]);
  });
});

describe("a vendor that is slow with its logouts", () => {
  it("does not hold up the sweep for ever", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    bench.loseJobs();
    bench.login.script.close = () => new Promise(() => undefined);
    await bench.sessions.close(session!.tenant, session!.id);
    const swept = bench.sweepAfter(600_000);
    await bench.login.called("close");
    bench.clock.advance(10_000);
    await swept;
    expect(bench.login.count("close")).toBe(1);
  });
});
