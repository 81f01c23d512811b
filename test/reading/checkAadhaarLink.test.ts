import { found } from "../../src/domain/answer";
import type { Pan } from "../../src/domain/identifiers";
import { createEvents } from "../../src/kernel/events";
import { Fault } from "../../src/kernel/fault";
import { manualClock } from "../../src/kernel/clock";
import { Secret } from "../../src/kernel/secret";
import type { ConnectedProvider } from "../../src/providers/provider";
import { createCheckAadhaarLink } from "../../src/reading/checkAadhaarLink";
import type { AadhaarCheckResult, AadhaarCheckStore, BegunAadhaarCheck } from "../../src/reading/ports";
import type { Asker } from "../../src/reading/question";
import { providerOf } from "../support/vendors";

const startMs = Date.UTC(2026, 7, 1);
const check = { tenant: "lender", taxpayerId: "tp_1", consentId: "cn_1", provider: "KWIKID" } as const;
const link = { linked: true, label: "PAN is linked with Aadhaar" };
const provenance = { provider: "KWIKID", method: "REPORTED", fetchedAt: "2026-08-01T00:00:00.000Z" } as never;

const request = {
  pan: "ZZZPA1001A" as Pan,
  aadhaar: new Secret("999900000000"),
  consent: {
    ...({ purpose: "KYC", reference: undefined, startsAtMs: startMs, expiresAtMs: startMs + 1 } as const),
    ...{ dataLifeDays: 2, mostFetches: undefined },
  },
  idempotencyKey: "first",
};

interface Setting {
  /** What the store says before this request's own call, one after the other; the last stays. */
  readonly begun?: readonly BegunAadhaarCheck[];
  readonly ask?: () => Promise<unknown>;
  readonly isConfigured?: boolean;
  readonly upstreamCalls?: number;
}

function meeting({
  begun = [{ outcome: "BEGUN", check }],
  isConfigured = true,
  upstreamCalls = 10,
  ...setting
}: Setting) {
  const clock = manualClock(startMs);
  const ask = jest.fn(setting.ask ?? (() => Promise.resolve(found(link, provenance))));
  const answers = [...begun];
  let result: AadhaarCheckResult | undefined;
  const begin = jest.fn((): Promise<BegunAadhaarCheck> =>
    Promise.resolve(result ? { outcome: "DONE", check, result } : answers.length > 1 ? answers.shift()! : answers[0]!),
  );
  const checks: AadhaarCheckStore = {
    begin,
    finish: (_check, finished) => {
      result = finished;
      return Promise.resolve();
    },
  };
  const keep = jest.fn(() => Promise.resolve());
  const append = jest.fn(() => Promise.resolve());
  const connected = { provider: providerOf("KWIKID"), client: isConfigured ? { checkAadhaarLink: ask } : undefined };
  const leaving = new AbortController();
  const cost = { upstreamCalls: 0, portalLogins: 0, paise: 0, heldAnswers: 0, sharedFlights: 0 };
  const by = { subject: "ann", requestId: "r1" };
  const asker: Asker = { tenant: "lender", by, cost, askedAtMs: startMs, signal: leaving.signal };
  const checkAadhaarLink = createCheckAadhaarLink({
    checks,
    taxpayers: { keep },
    consents: { record: () => Promise.resolve() },
    connected: [connected as unknown as ConnectedProvider],
    append,
    ledger: { claim: () => Promise.resolve() },
    clock,
    events: createEvents(),
    limits: { upstreamCalls, rupees: 100 },
  });
  return { clock, ask, keep, append, cost, begin, leaving, check: () => checkAadhaarLink(asker, request) };
}

async function passTime(clock: { advance(byMs: number): void }, times: number, byMs: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await new Promise(setImmediate);
    clock.advance(byMs);
  }
}

describe("a check of an Aadhaar number", () => {
  it("keeps the answer under the consent for as long as the consent allows", async () => {
    const { check: run, keep } = meeting({});
    expect(await run()).toEqual({ link, replayed: false });
    const kept = { document: "AADHAAR_LINK", consentId: "cn_1", expiresAtMs: startMs + 2 * 86_400_000 };
    expect(keep).toHaveBeenCalledWith("lender", "tp_1", [expect.objectContaining(kept)]);
  });

  it("is PROVIDER_NOT_CONFIGURED where no provider does it, before a consent is granted", async () => {
    const { check: run, begin } = meeting({ isConfigured: false });
    await expect(run()).rejects.toMatchObject({ code: "PROVIDER_NOT_CONFIGURED" });
    expect(begin).not.toHaveBeenCalled();
  });

  it("beyond what one operation may spend grants no consent", async () => {
    const { check: run, begin } = meeting({ upstreamCalls: 0 });
    await expect(run()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(begin).not.toHaveBeenCalled();
  });

  it("is not called read in the audit trail when the provider failed", async () => {
    const { check: run, append } = meeting({ ask: () => Promise.reject(new Fault("PROVIDER_TIMEOUT")) });
    expect(await run()).toMatchObject({ problem: { code: "PROVIDER_TIMEOUT" }, replayed: false });
    expect(append).not.toHaveBeenCalled();
  });
});

describe("a check that another request has begun", () => {
  const underWay = { outcome: "UNDER_WAY", begunAtMs: startMs } as const;

  it("is waited for, at no cost", async () => {
    const {
      clock,
      check: run,
      ask,
      cost,
    } = meeting({
      begun: [underWay, underWay, { outcome: "DONE", check, result: { link } }],
    });
    const running = run();
    await passTime(clock, 3, 100);
    expect(await running).toEqual({ link, replayed: true });
    expect(ask).not.toHaveBeenCalled();
    expect(cost.upstreamCalls).toBe(0);
  });

  it("is a PROVIDER_TIMEOUT once its process must have died", async () => {
    const { clock, check: run, ask } = meeting({ begun: [underWay] });
    const running = run();
    await passTime(clock, 3, 30_001);
    expect(await running).toMatchObject({ problem: { code: "PROVIDER_TIMEOUT" }, replayed: true });
    expect(ask).not.toHaveBeenCalled();
  });

  it("is waited for only as long as the caller is there", async () => {
    const { check: run, leaving } = meeting({ begun: [underWay] });
    const left = expect(run()).rejects.toThrow("The caller has left.");
    leaving.abort(new Error("The caller has left."));
    await left;
  });
});
