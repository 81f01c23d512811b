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
