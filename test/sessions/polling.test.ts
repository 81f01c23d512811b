import { Fault } from "../../src/kernel/fault";
import type { Stage } from "../../src/providers/provider";
import type { Session } from "../../src/sessions/session";
import { awaitingTime, held, letIn, readingOf, scriptedLogin } from "../support/scriptedLogin";
import { sessionsOnOneServer, type SessionsUnderTest } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();
const minuteMs = 60_000;
const longMs = 15 * minuteMs;

async function waiting(pollAfterMs: number, { pollMs }: { pollMs?: number } = {}) {
  const bench = await newBench({ login: scriptedLogin({ ...(pollMs !== undefined && { pollMs }) }) });
  bench.login.script.open = () => Promise.resolve(awaitingTime(pollAfterMs));
  bench.login.script.poll = bench.login.script.open as () => Promise<Stage>;
  const { session } = await bench.open();
  return { bench, session: session! };
}

/** Moves on to the next poll, and tells how long that took by the test's clock. */
async function nextPoll(bench: SessionsUnderTest, session: Session): Promise<number> {
  const { progress } = await bench.now(session);
  if (progress.phase !== "WAITING") throw new Error(`is at ${progress.phase}`);
  const pollsBefore = bench.login.count("poll");
  const waitMs = progress.nextPollAtMs - bench.clock.now();
  bench.clock.advance(waitMs - 1);
  await bench.jobsDone();
  expect(bench.login.count("poll")).toBe(pollsBefore);
  bench.clock.advance(1);
  await bench.login.called("poll", pollsBefore + 1);
  await bench.jobsDone();
  return waitMs;
}

async function paces(bench: SessionsUnderTest, session: Session, polls: number): Promise<number[]> {
  const waits: number[] = [];
  for (let poll = 0; poll < polls; poll += 1) waits.push(await nextPoll(bench, session));
  return waits;
}

/** Polls until the session is over, and tells how long it has waited. */
async function pollToTheEnd(bench: SessionsUnderTest, session: Session): Promise<number> {
  const startedAtMs = bench.clock.now();
  while ((await bench.now(session)).progress.phase === "WAITING") await nextPoll(bench, session);
  return bench.clock.now() - startedAtMs;
}

describe("a provider that asks for time", () => {
  it("is asked at the pace it tells, as long as its job runs", async () => {
    const { bench, session } = await waiting(10_000);
    expect(await paces(bench, session, 6)).toEqual([10_000, 10_000, 10_000, 10_000, 10_000, 10_000]);
  });

  it("is never asked faster than it tells", async () => {
    const { bench, session } = await waiting(45_000);
    expect(await paces(bench, session, 3)).toEqual([45_000, 45_000, 45_000]);
  });

  it("is asked at a new pace once it tells another", async () => {
    const { bench, session } = await waiting(1_000);
    bench.login.script.poll = () => Promise.resolve(awaitingTime(40_000));
    expect(await paces(bench, session, 2)).toEqual([1_000, 40_000]);
  });

  it("is asked at the operator's pace where there is one", async () => {
    const { bench, session } = await waiting(45_000, { pollMs: 2_000 });
    expect(await paces(bench, session, 2)).toEqual([2_000, 2_000]);
  });

  it("is given up after a quarter of an hour", async () => {
    const { bench, session } = await waiting(10_000);
    const waitedMs = await pollToTheEnd(bench, session);
    expect(waitedMs).toBeGreaterThanOrEqual(longMs);
    expect(waitedMs).toBeLessThanOrEqual(longMs + 30_000);
    const { progress } = await bench.now(session);
    expect(progress).toEqual({ phase: "FAILED", problem: { code: "PROVIDER_TIMEOUT", provider: "KWIKID" } });
  });

  it("lets the session in when it is done", async () => {
    const { bench, session } = await waiting(10_000);
    bench.login.script.poll = () => Promise.resolve(letIn());
    await nextPoll(bench, session);
    await bench.reached(session, "READY");
  });
});

describe("a poll that fails", () => {
  it("costs time and nothing else", async () => {
    const { bench, session } = await waiting(10_000);
    bench.login.script.poll = () => Promise.reject(new Fault("PROVIDER_UNAVAILABLE"));
    expect(await paces(bench, session, 3)).toEqual([10_000, 10_000, 10_000]);
    bench.login.script.poll = () => Promise.resolve(letIn());
    await nextPoll(bench, session);
    await bench.reached(session, "READY");
  });

  it("makes nobody ask faster than the provider tells", async () => {
    const { bench, session } = await waiting(45_000);
    bench.login.script.poll = () => Promise.reject(new Fault("PROVIDER_TIMEOUT"));
    expect(await paces(bench, session, 2)).toEqual([45_000, 45_000]);
  });

  it("is not repeated before the rest that the provider asks for", async () => {
    const { bench, session } = await waiting(1_000);
    bench.login.script.poll = () => Promise.reject(new Fault("PROVIDER_RATE_LIMITED", { retryAfterSeconds: 90 }));
    expect(await paces(bench, session, 2)).toEqual([1_000, 90_000]);
  });

  it("is the last when the rest is longer than anybody waits", async () => {
    const { bench, session } = await waiting(1_000);
    bench.login.script.poll = () => Promise.reject(new Fault("PROVIDER_RATE_LIMITED", { retryAfterSeconds: 900 }));
    await nextPoll(bench, session);
    const { progress } = await bench.now(session);
    expect(progress).toMatchObject({ phase: "FAILED", problem: { code: "PROVIDER_RATE_LIMITED" } });
  });

  it("is the last at once when the provider's job is over with it", async () => {
    const { bench, session } = await waiting(1_000);
    const final = new Fault("PORTAL_UNAVAILABLE", { provider: "KWIKID", isFinal: true });
    bench.login.script.poll = () => Promise.reject(final);
    await nextPoll(bench, session);
    const { progress } = await bench.now(session);
    expect(progress).toEqual({ phase: "FAILED", problem: { code: "PORTAL_UNAVAILABLE", provider: "KWIKID" } });
    expect(bench.login.count("poll")).toBe(1);
  });

  it("tells why the provider is given up", async () => {
    const { bench, session } = await waiting(10_000);
    bench.login.script.poll = () => Promise.reject(new Fault("PORTAL_UNAVAILABLE", { provider: "KWIKID" }));
    expect(await pollToTheEnd(bench, session)).toBeGreaterThanOrEqual(longMs);
    const { progress } = await bench.now(session);
    expect(progress).toEqual({ phase: "FAILED", problem: { code: "PORTAL_UNAVAILABLE", provider: "KWIKID" } });
  });
});

describe("polling", () => {
  it("is done once however many watch", async () => {
    const { bench, session } = await waiting(1_000);
    bench.login.script.poll = () => Promise.resolve(letIn());
    const watchers = Array.from({ length: 20 }, () => bench.reached(session, "READY"));
    await nextPoll(bench, session);
    await Promise.all(watchers);
    expect(bench.login.count("poll")).toBe(1);
  });

  it("is not begun again by the sweep while it is under way", async () => {
    const { bench, session } = await waiting(1_000);
    const { call, release } = held<Stage>();
    bench.login.script.poll = call;
    bench.clock.advance(1_000);
    await bench.login.called("poll");
    await bench.sweepAfter(2 * minuteMs);
    expect(bench.login.count("poll")).toBe(1);
    release(letIn());
    await bench.reached(session, "READY");
  });

  it("goes on by the sweep when its job is lost", async () => {
    const { bench, session } = await waiting(1_000);
    bench.login.script.poll = () => Promise.resolve(letIn([readingOf("PROFILE"), readingOf("FILINGS")]));
    bench.loseJobs();
    await bench.sweepAfter(61_000);
    await bench.reached(session, "READY");
  });

  it("ends at once where the provider is no longer set up", async () => {
    const { bench, session } = await waiting(1_000);
    (bench.login.connected as { client: unknown }).client = undefined;
    bench.clock.advance(1_000);
    expect((await bench.reached(session, "FAILED")).progress).toMatchObject({
      problem: { code: "PROVIDER_NOT_CONFIGURED" },
    });
    expect(await bench.store.sessions.secretsOf(session)).toMatchObject({ ticket: undefined });
  });
});
