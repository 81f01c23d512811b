import type { FaultCode } from "../../src/kernel/fault";
import type { ConnectedProvider, OperationHealth } from "../../src/providers/provider";
import { nextStepOf } from "../../src/sessions/nextStep";
import type { Progress, Session } from "../../src/sessions/session";
import { scriptedLogin } from "../support/scriptedLogin";

const nowMs = 1_000_000;

function sessionAt(progress: Progress): Session {
  return {
    id: "ss_1",
    tenant: "lender",
    taxpayerId: "tp_1",
    provider: "KWIKID",
    consentId: "cn_1",
    documents: ["PROFILE", "FILINGS"],
    incomeYears: [],
    version: 1,
    progress,
    openedAtMs: nowMs,
    updatedAtMs: nowMs,
    expiresAtMs: nowMs + 60_000,
    endedAtMs: undefined,
  };
}

const failedWith = (code: FaultCode, retryAfterSeconds?: number) =>
  sessionAt({ phase: "FAILED", problem: { code, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } });
const own = scriptedLogin().connected;
const other = scriptedLogin({ id: "OTHER" }).connected;
const illness = [{ breaker: "OPEN" } as OperationHealth];

function named(...others: ConnectedProvider[]): string | undefined {
  return nextStepOf(failedWith("PROVIDER_UNAVAILABLE"), [own, ...others], nowMs).provider;
}

describe("after a failure of the provider", () => {
  it("another one is named that brings the same", () => {
    expect(named(other)).toBe("OTHER");
  });

  it.each<[string, ConnectedProvider]>([
    ["is off", { ...other, client: undefined, mode: "OFF" }],
    ["is ill", { ...other, health: () => illness }],
    ["brings only a part", scriptedLogin({ id: "OTHER", documents: ["PROFILE"] }).connected],
  ])("one is not named that %s", (_why, candidate) => {
    expect(named(candidate)).toBeUndefined();
  });
});

describe("a portal that is down", () => {
  it("is tried again when it says", () => {
    expect(nextStepOf(failedWith("PORTAL_UNAVAILABLE", 300), [own, other], nowMs).pollAfterMs).toBe(300_000);
  });

  it("is tried again after a minute when it says nothing", () => {
    expect(nextStepOf(failedWith("PORTAL_UNAVAILABLE"), [own, other], nowMs).pollAfterMs).toBe(60_000);
  });
});

describe("the server's own countdown", () => {
  it("is the one-time password's while it is awaited", () => {
    const otpExpiresAtMs = nowMs + 30_000;
    const due = { phase: "AWAITING_OTP", otpExpiresAtMs, attemptsLeft: 3, needsAccessToken: false } as const;
    expect(nextStepOf(sessionAt(due), [own], nowMs)).toMatchObject({ kind: "SUBMIT_OTP", expiresAtMs: otpExpiresAtMs });
  });

  it("is the session's once it is READY", () => {
    expect(nextStepOf(sessionAt({ phase: "READY" }), [own], nowMs)).toMatchObject({ expiresAtMs: nowMs + 60_000 });
  });
});

describe("looking again", () => {
  const waiting = (nextPollAtMs: number) =>
    sessionAt({ phase: "WAITING", polls: 1, pollMs: 5_000, nextPollAtMs, giveUpAtMs: nowMs + 900_000 });

  it("is worth it after the next poll", () => {
    expect(nextStepOf(waiting(nowMs + 7_000), [own], nowMs).pollAfterMs).toBe(7_000);
  });

  it("is not worth it within a second", () => {
    expect(nextStepOf(waiting(nowMs - 7_000), [own], nowMs).pollAfterMs).toBe(1_000);
  });
});
