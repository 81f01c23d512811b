import type { Stage } from "../../src/providers/provider";
import { type SessionOutcome, isOver, type Phase, type Session } from "../../src/sessions/session";
import { awaitingTime, held, letIn, scriptedLogin } from "../support/scriptedLogin";
import { Fault } from "../../src/kernel/fault";
import { sessionsOnOneServer, type SessionsUnderTest } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();

/** How a session comes to each phase and stays there; what is held is released when the test is over. */
const waysTo: Readonly<Record<Phase | "EXPIRED", (bench: SessionsUnderTest) => Promise<unknown>>> = {
  OPENING: (bench) => {
    bench.login.script.open = held<Stage>().call;
    return bench.begin();
  },
  AWAITING_OTP: (bench) => bench.open(),
  CHECKING_OTP: async (bench) => {
    bench.login.script.submitOtp = held<Stage>().call;
    const { session } = await bench.open();
    void bench.submitOtp(session!);
    await bench.login.called("submitOtp");
  },
  WAITING: (bench) => {
    bench.login.script.open = () => Promise.resolve(awaitingTime(5_000));
    return bench.open();
  },
  READING: async (bench) => {
    bench.login.script.open = () => Promise.resolve(letIn());
    bench.login.script.read = held<never>().call;
    await bench.begin();
    await bench.login.called("read");
  },
  READY: (bench) => {
    bench.login.script.submitOtp = () => Promise.resolve(letIn());
    bench.login.script.open = () => Promise.resolve(letIn());
    return bench.open();
  },
  FAILED: (bench) => {
    bench.login.script.open = () => Promise.reject(new Fault("INVALID_CREDENTIALS"));
    return bench.open();
  },
  ENDED: async (bench) => {
    const { session } = await bench.open();
    await bench.sessions.close(bench.tenant, session!.id);
  },
  EXPIRED: async (bench) => {
    await bench.open({ consent: { ...bench.request().consent, expiresAtMs: bench.clock.now() + 60_000 } });
    await bench.sweepAfter(60_000);
  },
};

type Place = keyof typeof waysTo;

async function benchIn(place: Place) {
  const bench = await newBench({ login: scriptedLogin({ documents: ["PROFILE"] }) });
  await waysTo[place](bench);
  const { sessions } = await bench.store.sessions.list(bench.tenant, { first: 1 });
  const [session] = sessions as [Session];
  expect(session.progress.phase).toBe(place === "EXPIRED" ? "ENDED" : place);
  if (isOver(session)) await bench.login.called("close");
  return { bench, session };
}

/** What is due, as the refusal tells it. */
const due: readonly (readonly [Place, string, string])[] = [
  ["OPENING", "STEP_OUT_OF_ORDER", "WAIT"],
  ["AWAITING_OTP", "STEP_OUT_OF_ORDER", "SUBMIT_OTP"],
  ["CHECKING_OTP", "STEP_OUT_OF_ORDER", "WAIT"],
  ["WAITING", "STEP_OUT_OF_ORDER", "WAIT"],
  ["READING", "STEP_OUT_OF_ORDER", "WAIT"],
  ["READY", "STEP_OUT_OF_ORDER", "READ_DATA"],
  ["FAILED", "SESSION_ENDED", "Ask for the portal's password again"],
  ["ENDED", "SESSION_ENDED", "This session is over"],
  ["EXPIRED", "SESSION_EXPIRED", "Open a new one"],
];

const mutations: readonly (readonly [
  string,
  (bench: SessionsUnderTest, session: Session) => Promise<SessionOutcome>,
])[] = [
  ["submitOtp", (bench, session) => bench.submitOtp(session)],
  ["resendOtp", ({ sessions }, { tenant, id }) => sessions.resendOtp(tenant, id)],
];

describe.each(mutations)("%s out of its turn", (_name, mutate) => {
  it.each(due.filter(([place]) => place !== "AWAITING_OTP"))(
    "is refused in %s with %s, which says %s",
    async (...row) => {
      const [place, code, step] = row;
      const { bench, session } = await benchIn(place);
      const callsBefore = [...bench.login.calls];
      const { problem, session: after } = await mutate(bench, session);
      expect(problem).toMatchObject({ code, context: { hint: expect.stringContaining(step) as string } });
      expect(after).toEqual(session);
      expect(await bench.now(session)).toEqual(session);
      expect(bench.login.calls).toEqual(callsBefore);
    },
  );
});

describe("asking for another one-time password", () => {
  it("is refused in AWAITING_OTP, since no vendor sends two for one login", async () => {
    const { bench, session } = await benchIn("AWAITING_OTP");
    const { problem } = await bench.sessions.resendOtp(session.tenant, session.id);
    expect(problem?.code).toBe("OTP_NOT_SENT");
    expect(await bench.now(session)).toEqual(session);
    expect(bench.login.calls).toEqual(["open"]);
  });
});

describe("another tenant's session", () => {
  it.each<[string, (bench: SessionsUnderTest, id: string) => Promise<unknown>]>([
    ["submitOtp", (bench, id) => bench.submitOtp({ tenant: "stranger", id } as Session)],
    ["resendOtp", ({ sessions }, id) => sessions.resendOtp("stranger", id)],
    ["close", ({ sessions }, id) => sessions.close("stranger", id)],
    ["watch", ({ sessions }, id) => sessions.watch("stranger", id)],
  ])("is nobody's to %s", async (_name, mutate) => {
    const { bench, session } = await benchIn("AWAITING_OTP");
    await expect(mutate(bench, session.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await bench.now(session)).toEqual(session);
  });
});

describe("closing", () => {
  const live: readonly Phase[] = ["OPENING", "AWAITING_OTP", "CHECKING_OTP", "WAITING", "READING", "READY"];

  it.each(live)("ends a session in %s", async (place) => {
    const { bench, session } = await benchIn(place);
    const outcome = await bench.sessions.close(session.tenant, session.id);
    expect(outcome.session?.progress).toEqual({ phase: "ENDED", reason: "CLOSED_BY_CALLER" });
    expect(outcome.problem).toBeUndefined();
  });

  it.each<Place>(["FAILED", "ENDED", "EXPIRED"])("changes nothing in %s", async (place) => {
    const { bench, session } = await benchIn(place);
    const outcome = await bench.sessions.close(session.tenant, session.id);
    expect(outcome).toEqual({ session, replayed: false });
    expect(await bench.now(session)).toEqual(session);
  });

  it("is logged out once, however often it is asked for", async () => {
    const { bench, session } = await benchIn("READY");
    const { tenant, id } = session;
    await Promise.all([1, 2, 3].map(() => bench.sessions.close(tenant, id)));
    await bench.login.called("close");
    await bench.jobsDone();
    await bench.sweepAfter(3_600_000);
    expect(bench.login.ticketsOf("close")).toEqual(["ticket of the login"]);
  });

  it("does not wait for a poll under way before it logs out", async () => {
    const { bench, session } = await benchIn("WAITING");
    bench.login.script.poll = held<Stage>().call;
    bench.clock.advance(5_000);
    await bench.login.called("poll");
    await bench.sessions.close(session.tenant, session.id);
    await bench.login.called("close");
  });
});

describe("closing while the login is under way", () => {
  const closing = async () => {
    const { call, release } = held<Stage>();
    const bench = await newBench();
    bench.login.script.open = call;
    const session = await bench.begin();
    await bench.sessions.close(session.tenant, session.id);
    await bench.jobsDone();
    return { bench, session, release };
  };

  it("logs nobody out before the login has come back", async () => {
    const { bench } = await closing();
    expect(bench.login.count("close")).toBe(0);
  });

  it("logs out the login that comes back, once", async () => {
    const { bench, session, release } = await closing();
    release(letIn());
    await bench.login.called("close");
    await bench.sessions.drain(1_000);
    await bench.sweepAfter(3_600_000);
    expect(bench.login.ticketsOf("close")).toEqual(["ticket of the login"]);
    expect((await bench.now(session)).progress).toEqual({ phase: "ENDED", reason: "CLOSED_BY_CALLER" });
  });

  it("logs out in the end when the login never comes back", async () => {
    const { bench, session } = await closing();
    bench.clock.advance(120_000);
    await bench.login.called("close");
    await bench.jobsDone();
    expect(await bench.store.sessions.owesLogout(session)).toBe(false);
  });
});
