import { found } from "../../src/domain/answer";
import { Fault, type FaultCode } from "../../src/kernel/fault";
import type { Reading, Stage } from "../../src/providers/provider";
import {
  awaitingOtp,
  held,
  letIn,
  provenance,
  readingOf,
  scriptedLogin,
  type ScriptedLogin,
} from "../support/scriptedLogin";
import { sessionsOnOneServer } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();

function refusing(code: FaultCode): ScriptedLogin {
  const login = scriptedLogin();
  login.script.submitOtp = () => Promise.reject(new Fault(code, { provider: "KWIKID" }));
  return login;
}

describe("a one-time password", () => {
  it("lets the session in", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    expect(session?.progress.phase).toBe("AWAITING_OTP");
    const outcome = await bench.submitOtp(session!);
    expect(outcome).toMatchObject({ session: { progress: { phase: "READY" } }, problem: undefined, replayed: false });
  });

  it("ends the session when the third is wrong, too", async () => {
    const bench = await newBench({ login: refusing("OTP_INVALID") });
    const { session } = await bench.open();
    const left: unknown[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const outcome = await bench.submitOtp(session!);
      left.push(outcome.session?.progress);
      expect(outcome.problem?.code).toBe("OTP_INVALID");
    }
    expect(left).toMatchObject([
      { phase: "AWAITING_OTP", attemptsLeft: 2 },
      { phase: "AWAITING_OTP", attemptsLeft: 1 },
      { phase: "FAILED", problem: { code: "OTP_INVALID" } },
    ]);
  });

  it("is not tried a fourth time", async () => {
    const bench = await newBench({ login: refusing("OTP_INVALID") });
    const { session } = await bench.open();
    for (let attempt = 1; attempt <= 3; attempt += 1) await bench.submitOtp(session!);
    expect((await bench.submitOtp(session!)).problem?.code).toBe("SESSION_ENDED");
    expect(bench.login.count("submitOtp")).toBe(3);
  });

  it("has been counted before the provider is asked", async () => {
    const { call, release } = held<Stage>();
    const login = scriptedLogin();
    login.script.submitOtp = call;
    const bench = await newBench({ login });
    const { session } = await bench.open();
    const submission = bench.submitOtp(session!);
    await login.called("submitOtp");
    expect((await bench.now(session!)).progress).toMatchObject({ phase: "CHECKING_OTP", attemptsLeft: 2 });
    release(letIn());
    await submission;
  });

  it("acts once when two are submitted at once", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    const outcomes = await Promise.all([bench.submitOtp(session!), bench.submitOtp(session!)]);
    expect(outcomes.map(({ problem }) => problem?.code).sort()).toEqual(["STEP_OUT_OF_ORDER", undefined]);
    expect(bench.login.count("submitOtp")).toBe(1);
  });

  it("costs no attempt when our own side refuses it", async () => {
    const bench = await newBench({ login: refusing("BAD_INPUT") });
    const { session } = await bench.open();
    const outcome = await bench.submitOtp(session!);
    expect(outcome.session?.progress).toMatchObject({ phase: "AWAITING_OTP", attemptsLeft: 3 });
    expect(outcome.problem?.code).toBe("BAD_INPUT");
  });

  it("is given up when it takes longer than the caller likes to wait", async () => {
    const { call, release } = held<Stage>();
    const login = scriptedLogin();
    login.script.submitOtp = call;
    const bench = await newBench({ login });
    const { session } = await bench.open();
    const submission = bench.submitOtp(session!);
    await login.called("submitOtp");
    bench.clock.advance(4_000);
    expect((await submission).session?.progress.phase).toBe("CHECKING_OTP");
    release(letIn([]));
    await bench.reached(session!, "READY");
  });
});

describe("a one-time password that comes too late", () => {
  it("is not sent to the provider", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    bench.clock.advance(300_000);
    const outcome = await bench.submitOtp(session!);
    expect(outcome).toMatchObject({ session: { progress: { phase: "FAILED" } }, problem: { code: "OTP_EXPIRED" } });
    expect(bench.login.count("submitOtp")).toBe(0);
  });

  it("is not awaited for ever", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    await bench.sweepAfter(300_000);
    expect((await bench.now(session!)).progress).toMatchObject({ phase: "FAILED", problem: { code: "OTP_EXPIRED" } });
  });

  it("is not sent when the session is over by the clock", async () => {
    const login = scriptedLogin({ terms: { lifeMs: 60_000 } });
    const bench = await newBench({ login });
    const { session } = await bench.open();
    bench.clock.advance(60_000);
    expect((await bench.submitOtp(session!)).problem?.code).toBe("SESSION_EXPIRED");
    expect((await bench.now(session!)).progress).toMatchObject({ phase: "ENDED", reason: "EXPIRED" });
    expect(login.count("submitOtp")).toBe(0);
  });
});

describe("an access token", () => {
  const needing = () => {
    const login = scriptedLogin();
    login.script.open = () => Promise.resolve(awaitingOtp({ needsAccessToken: true }));
    return newBench({ login });
  };

  it("is asked for where the provider hands it to the caller", async () => {
    const bench = await needing();
    const { session } = await bench.open();
    await expect(bench.submitOtp(session!)).rejects.toMatchObject({
      code: "BAD_INPUT",
      context: { field: "accessToken" },
    });
    expect(bench.login.count("submitOtp")).toBe(0);
    expect((await bench.now(session!)).progress).toMatchObject({ phase: "AWAITING_OTP", attemptsLeft: 3 });
  });

  it("goes to the provider with the one-time password", async () => {
    const bench = await needing();
    const entries: unknown[] = [];
    bench.login.script.submitOtp = (_ticket, { pan, otp, accessToken }) => {
      entries.push({ pan, otp: otp.reveal(), accessToken: accessToken?.reveal() });
      return Promise.resolve(letIn());
    };
    const { session } = await bench.open();
    const submission = bench.submitOtp(session!, "token of the caller");
    await bench.reached(session!, "READY");
    await submission;
    expect(entries).toEqual([{ pan: bench.pan, otp: "123456", accessToken: "token of the caller" }]);
  });
});

describe("a one-time password that was right", () => {
  it("is not asked for again when we cannot keep what came with it", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    const unwritable = { ...readingOf("PROFILE"), answer: found(1n as never, provenance) } as Reading;
    bench.login.script.submitOtp = () => Promise.resolve(letIn([unwritable]));
    const { session: after } = await bench.submitOtp(session!);
    expect(after?.progress).toEqual({ phase: "FAILED", problem: { code: "INTERNAL" } });
  });
});
