import type { Announcements, SessionStep, SessionStore } from "../../src/sessions/ports";
import type { Phase, Session } from "../../src/sessions/session";
import { watchSession } from "../../src/sessions/watch";
import { awaitingTime, letIn, readingOf, scriptedLogin } from "../support/scriptedLogin";
import { sessionsOnOneServer } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();

async function phasesOf(states: AsyncIterable<Session>): Promise<Phase[]> {
  const phases: Phase[] = [];
  for await (const { progress } of states) phases.push(progress.phase);
  return phases;
}

async function opened() {
  const bench = await newBench();
  const { session } = await bench.open();
  return { bench, session: session!, watch: () => bench.sessions.watch(bench.tenant, session!.id) };
}

describe("watching a session", () => {
  it("gives it as it is at once", async () => {
    const { session, watch } = await opened();
    expect(await (await watch()).next()).toEqual({ value: session, done: false });
  });

  it("gives every change in order, until it is over", async () => {
    const { bench, session, watch } = await opened();
    const phases = phasesOf(await watch());
    await bench.submitOtp(session);
    await bench.reached(session, "READY");
    await bench.sessions.close(bench.tenant, session.id);
    expect(await phases).toEqual(["AWAITING_OTP", "CHECKING_OTP", "READY", "ENDED"]);
  });

  it("gives the last state as the session then is", async () => {
    const { bench, session, watch } = await opened();
    const states = await watch();
    await states.next();
    bench.clock.advance(1_000);
    await bench.sessions.close(bench.tenant, session.id);
    expect((await states.next()).value).toEqual(await bench.now(session));
    expect(await states.next()).toEqual({ value: undefined, done: true });
  });

  it("gives each change once to each who watches", async () => {
    const { bench, session, watch } = await opened();
    const all = Promise.all((await Promise.all([watch(), watch(), watch()])).map(phasesOf));
    await bench.sessions.close(bench.tenant, session.id);
    expect(await all).toEqual([1, 2, 3].map(() => ["AWAITING_OTP", "ENDED"]));
  });

  it("gives nothing of what was before", async () => {
    const { bench, session, watch } = await opened();
    await bench.submitOtp(session);
    const phases = phasesOf(await watch());
    await bench.sessions.close(bench.tenant, session.id);
    expect(await phases).toEqual(["READY", "ENDED"]);
  });

  it("gives what has changed while nobody took it", async () => {
    const { bench, session, watch } = await opened();
    const states = await watch();
    await states.next();
    await bench.submitOtp(session);
    await bench.sessions.close(bench.tenant, session.id);
    expect(await phasesOf(states)).toEqual(["CHECKING_OTP", "READY", "ENDED"]);
  });

  it("gives one that is over, and no more", async () => {
    const { bench, session, watch } = await opened();
    await bench.sessions.close(bench.tenant, session.id);
    expect(await phasesOf(await watch())).toEqual(["ENDED"]);
  });

  it("ends when the taxpayer is erased", async () => {
    const { bench, watch } = await opened();
    const phases = phasesOf(await watch());
    await bench.sessions.erase(bench.tenant, bench.pan);
    expect(await phases).toEqual(["AWAITING_OTP", "ENDED"]);
  });

  it("shows the polls of a provider that works on by itself", async () => {
    const login = scriptedLogin();
    const stages = [awaitingTime(1_000), letIn([readingOf("PROFILE"), readingOf("FILINGS")])];
    login.script.open = () => Promise.resolve(awaitingTime(1_000));
    login.script.poll = () => Promise.resolve(stages.shift()!);
    const bench = await newBench({ login });
    const { session } = await bench.open();
    const seen: string[] = [];
    for await (const { progress } of await bench.sessions.watch(bench.tenant, session!.id)) {
      seen.push(progress.phase);
      if (progress.phase === "READY") break;
      if (progress.phase === "WAITING") bench.clock.advance(progress.nextPollAtMs - bench.clock.now());
    }
    expect(seen).toEqual(["WAITING", "WAITING", "READY"]);
  });
});

describe("leaving", () => {
  it("ends the watching at once", async () => {
    const { watch } = await opened();
    const states = await watch();
    await states.next();
    const next = states.next();
    await states.return?.();
    expect(await next).toEqual({ value: undefined, done: true });
  });

  it("takes nothing from those who stay", async () => {
    const { bench, session, watch } = await opened();
    const leaving = await watch();
    const phases = phasesOf(await watch());
    await leaving.next();
    await leaving.return?.();
    await bench.sessions.close(bench.tenant, session.id);
    expect(await phases).toEqual(["AWAITING_OTP", "ENDED"]);
  });
});

describe("whoever is told of changes", () => {
  /** Watches a session of which nothing is known but what this history says. */
  function countedWatch(session: Session, history: () => Promise<readonly SessionStep[]>) {
    const told = new Set<() => void>();
    const announcements: Announcements = {
      watch(_id, onChange) {
        told.add(onChange);
        return () => told.delete(onChange);
      },
    };
    return {
      states: watchSession({ store: { history } as Partial<SessionStore> as SessionStore, announcements }, session),
      told,
    };
  }

  it("is told no more when the watching is left", async () => {
    const { session } = await opened();
    const { states, told } = countedWatch(session, () => Promise.resolve([]));
    await states.next();
    expect(told.size).toBe(1);
    await states.return?.();
    expect(told.size).toBe(0);
  });

  it("is told no more when the session is over", async () => {
    const { session } = await opened();
    const end = { version: 9, progress: { phase: "ENDED", reason: "EXPIRED" }, atMs: 0 } as const;
    const { states, told } = countedWatch(session, () => Promise.resolve([end]));
    expect(await phasesOf(states)).toEqual(["AWAITING_OTP", "ENDED"]);
    expect(told.size).toBe(0);
  });

  it("is told no more when the store is away", async () => {
    const { session } = await opened();
    const { states, told } = countedWatch(session, () => Promise.reject(new Error("the store is away")));
    await states.next();
    await expect(states.next()).rejects.toThrow("the store is away");
    expect(told.size).toBe(0);
  });
});
