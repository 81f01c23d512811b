import { Fault, type FaultCode } from "../../src/kernel/fault";
import { nextStepOf } from "../../src/sessions/nextStep";
import { problemOf, type Session } from "../../src/sessions/session";
import { awaitingTime, letIn, scriptedLogin } from "../support/scriptedLogin";
import { sessionsOnOneServer, type SessionsUnderTest } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();

/** What comes next for the caller: a word for the step, and the vendor that is named to try instead. */
const nextAfter: Partial<Record<FaultCode, string>> = {
  INVALID_CREDENTIALS: "OPEN_SESSION",
  ACCOUNT_LOCKED: "NONE",
  PAN_NOT_FOUND: "NONE",
  PORTAL_UNAVAILABLE: "OPEN_SESSION",
};
const elsewhere = "OPEN_SESSION at OTHER";

const lasting: readonly FaultCode[] = [
  "INVALID_CREDENTIALS",
  "ACCOUNT_LOCKED",
  "SESSION_EXPIRED",
  "PROVIDER_NOT_CONFIGURED",
  "PROVIDER_REJECTED_US",
  "PROVIDER_BAD_RESPONSE",
  "PAN_NOT_FOUND",
];
const passing: readonly FaultCode[] = [
  "PROVIDER_UNAVAILABLE",
  "PROVIDER_TIMEOUT",
  "PROVIDER_RATE_LIMITED",
  "PORTAL_UNAVAILABLE",
  "INTERNAL",
];
const aboutTheOtp: readonly FaultCode[] = ["OTP_INVALID", "OTP_NOT_SENT"];

/** A vendor never says INTERNAL: it is what becomes of an error that nobody has foreseen. */
const thrown = (code: FaultCode) =>
  code === "INTERNAL" ? new Error("password hunter2 is wrong") : new Fault(code, { provider: "KWIKID" });

async function benchThat(prepare: (login: ReturnType<typeof scriptedLogin>) => void): Promise<SessionsUnderTest> {
  const login = scriptedLogin();
  prepare(login);
  return newBench({ login, others: [scriptedLogin({ id: "OTHER" })] });
}

function next(session: Session, { clock, login }: SessionsUnderTest): string {
  const other = scriptedLogin({ id: "OTHER" });
  const { kind, provider } = nextStepOf(session, [login.connected, other.connected], clock.now());
  return provider === undefined ? kind : `${kind} at ${provider}`;
}

function failsAsIs(bench: SessionsUnderTest, session: Session, code: FaultCode): void {
  expect(session.progress).toMatchObject({ phase: "FAILED", problem: { code } });
  expect(next(session, bench)).toBe(nextAfter[code] ?? elsewhere);
}

/** However long anybody looks. */
async function logsOutOnce(bench: SessionsUnderTest): Promise<void> {
  await bench.login.called("close");
  await bench.jobsDone();
  await bench.sweepAfter(3_600_000);
  expect(bench.login.count("close")).toBe(1);
}

describe("when the login answers with", () => {
  it.each([...lasting, ...passing, ...aboutTheOtp, "OTP_EXPIRED" as const])(
    "%s, the session has failed",
    async (code) => {
      const bench = await benchThat(({ script }) => (script.open = () => Promise.reject(thrown(code))));
      const { session, problem } = await bench.open({ provider: "KWIKID" });
      failsAsIs(bench, session!, code);
      expect(problem?.code).toBe(code);
      await logsOutOnce(bench);
    },
  );
});

describe("when the check of a one-time password answers with", () => {
  const checking = async (code: FaultCode) => {
    const bench = await benchThat(({ script }) => (script.submitOtp = () => Promise.reject(thrown(code))));
    const { session } = await bench.open({ provider: "KWIKID" });
    return { bench, outcome: await bench.submitOtp(session!) };
  };

  it.each([...passing, ...aboutTheOtp])("%s, another attempt can be made", async (code) => {
    const { bench, outcome } = await checking(code);
    expect(outcome.session?.progress).toMatchObject({ phase: "AWAITING_OTP", attemptsLeft: 2, problem: { code } });
    expect(outcome.problem?.code).toBe(code);
    expect(next(outcome.session!, bench)).toBe("SUBMIT_OTP");
    expect(bench.login.count("close")).toBe(0);
  });

  it.each([...lasting, "OTP_EXPIRED" as const])("%s, the session has failed", async (code) => {
    const { bench, outcome } = await checking(code);
    failsAsIs(bench, outcome.session!, code);
    await logsOutOnce(bench);
  });
});

describe("when a poll answers with", () => {
  const polling = async (code: FaultCode) => {
    const bench = await benchThat(({ script }) => {
      script.open = () => Promise.resolve(awaitingTime(1_000));
      script.poll = () => Promise.reject(thrown(code));
    });
    const { session } = await bench.open({ provider: "KWIKID" });
    bench.clock.advance(1_000);
    await bench.login.called("poll");
    await bench.jobsDone();
    return { bench, session: await bench.now(session!) };
  };

  it.each(passing)("%s, it is asked again later", async (code) => {
    const { bench, session } = await polling(code);
    expect(session.progress).toMatchObject({ phase: "WAITING", polls: 1 });
    expect(next(session, bench)).toBe("WAIT");
  });

  it.each(lasting)("%s, the session has failed", async (code) => {
    const { bench, session } = await polling(code);
    failsAsIs(bench, session, code);
    await logsOutOnce(bench);
  });
});

describe("when reading the documents answers with", () => {
  const reading = async (code: FaultCode) => {
    const bench = await benchThat(({ script }) => {
      script.open = () => Promise.resolve(letIn());
      script.read = () => Promise.reject(thrown(code));
    });
    const session = await bench.begin({ provider: "KWIKID" });
    await bench.login.called("read");
    await bench.jobsDone();
    return { bench, session: await bench.now(session) };
  };

  it.each(passing)("%s, they are asked for again", async (code) => {
    const { session } = await reading(code);
    expect(session.progress).toMatchObject({ phase: "READING", tries: 1 });
  });

  it.each(lasting)("%s, the session has failed", async (code) => {
    const { bench, session } = await reading(code);
    failsAsIs(bench, session, code);
    await logsOutOnce(bench);
  });
});

describe("an error that nobody has foreseen", () => {
  it("leaves none of its words in the session", async () => {
    const bench = await benchThat(({ script }) => (script.open = () => Promise.reject(thrown("INTERNAL"))));
    const { session } = await bench.open({ provider: "KWIKID" });
    expect(problemOf(session!.progress)).toEqual({ code: "INTERNAL" });
  });
});

describe("when the logout answers with an error", () => {
  it("is sent again by the job, until it is too late", async () => {
    const bench = await benchThat(({ script }) => (script.close = () => Promise.reject(thrown("PROVIDER_TIMEOUT"))));
    const { session } = await bench.open({ provider: "KWIKID" });
    await bench.sessions.close(bench.tenant, session!.id);
    await bench.login.called("close");
    await bench.jobsDone();
    await expect(bench.store.sessions.owesLogout(session!)).resolves.toBe(true);
    await bench.sweepAfter(600_000);
    expect(bench.login.count("close")).toBe(2);
    await expect(bench.store.sessions.owesLogout(session!)).resolves.toBe(false);
  });
});
