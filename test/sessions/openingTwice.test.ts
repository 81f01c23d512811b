import { Secret } from "../../src/kernel/secret";
import type { Stage } from "../../src/providers/provider";
import { dayMs } from "../store/storePlace";
import { awaitingTime, held, letIn, scriptedLogin } from "../support/scriptedLogin";
import { sessionsOnOneServer, type SessionsUnderTest } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();
const hourMs = 3_600_000;

const forKyc = (bench: SessionsUnderTest) => ({ consent: { ...bench.request().consent, purpose: "KYC" as const } });

describe("an idempotency key", () => {
  it("brings the same session for the same request", async () => {
    const bench = await newBench();
    const request = bench.request();
    const first = await bench.sessions.open(request);
    const second = await bench.sessions.open(request);
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ session: first.session, replayed: true });
    expect(bench.login.count("open")).toBe(1);
  });

  it("brings the same session whatever the password", async () => {
    const bench = await newBench();
    const request = bench.request();
    const { session } = await bench.sessions.open(request);
    const second = await bench.sessions.open({ ...request, password: new Secret("another password") });
    expect(second).toEqual({ session, replayed: true });
  });

  it.each([
    ["years", { years: 3 }],
    ["documents", { documents: ["PROFILE" as const] }],
    ["provider", { provider: "KWIKID" }],
  ])("is refused to a request with other %s", async (_what, changes) => {
    const bench = await newBench();
    const request = bench.request();
    await bench.sessions.open(request);
    const { problem, session } = await bench.sessions.open({ ...request, ...changes });
    expect(problem?.code).toBe("CONFLICT");
    expect(session).toBeUndefined();
    expect(bench.login.count("open")).toBe(1);
  });

  it("is refused to a request for another purpose", async () => {
    const bench = await newBench();
    const request = bench.request();
    await bench.sessions.open(request);
    expect((await bench.sessions.open({ ...request, ...forKyc(bench) })).problem?.code).toBe("CONFLICT");
  });

  it("brings one login when twenty ask at once", async () => {
    const bench = await newBench();
    const request = bench.request();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => bench.sessions.open(request)));
    expect(new Set(outcomes.map(({ session }) => session?.id)).size).toBe(1);
    expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(bench.login.count("open")).toBe(1);
  });

  it.each([
    ["consents to nothing yet", { startsAtMs: Infinity }],
    ["consents to nothing any more", { expiresAtMs: 0 }],
  ])("is not remembered for a request that %s", async (_why, terms) => {
    const bench = await newBench();
    const request = bench.request();
    const refused = await bench.sessions.open({ ...request, consent: { ...request.consent, ...terms } });
    expect(refused.session).toBeUndefined();
    expect(await bench.sessions.open(request)).toMatchObject({ replayed: false, problem: undefined });
  });

  it("is not remembered for a request that nobody can serve", async () => {
    const bench = await newBench();
    const request = bench.request();
    await expect(bench.sessions.open({ ...request, documents: ["COMPLIANCE"] })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    expect(await bench.sessions.open(request)).toMatchObject({ replayed: false, problem: undefined });
  });

  it("is not remembered for a request that the open session must not serve", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    const request = bench.request(forKyc(bench));
    for (let turn = 1; turn <= 2; turn += 1) {
      expect((await bench.sessions.open(request)).problem?.code).toBe("CONSENT_EXCEEDED");
    }
    await bench.sessions.close(bench.tenant, session!.id);
    expect(await bench.sessions.open(request)).toMatchObject({ replayed: false, problem: undefined });
  });

  it("brings the session that was open already, even when that is over", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    const request = bench.request();
    await bench.sessions.open(request);
    await bench.sessions.close(bench.tenant, session!.id);
    expect(await bench.sessions.open(request)).toMatchObject({ session: { id: session!.id }, replayed: true });
  });

  it("is free again after a day", async () => {
    const bench = await newBench();
    const request = bench.request();
    const { session } = await bench.sessions.open(request);
    await bench.sweepAfter(dayMs - 1);
    expect(await bench.sessions.open(request)).toMatchObject({ session: { id: session!.id }, replayed: true });
    await bench.sweepAfter(1);
    expect(await bench.sessions.open(request)).toMatchObject({ replayed: false });
    expect(bench.login.count("open")).toBe(2);
  });
});

describe("a person whose session is open", () => {
  it("is not logged in again for the same tenant", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    expect(await bench.open()).toEqual({ session, replayed: true });
    expect(bench.login.count("open")).toBe(1);
  });

  it("is logged in once when many ask at once", async () => {
    const bench = await newBench();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => bench.open()));
    expect(new Set(outcomes.map(({ session }) => session?.id)).size).toBe(1);
    expect(bench.login.count("open")).toBe(1);
  });

  it("is shared under a consent of its own", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    const consent = { ...bench.request().consent, dataLifeDays: 7 };
    expect(await bench.open({ consent, documents: ["PROFILE"] })).toEqual({ session, replayed: true });
    expect(await bench.records()).toEqual(["GRANTED", "GRANTED"]);
  });

  it("is not handed to another purpose", async () => {
    const bench = await newBench();
    await bench.open();
    const { session, problem } = await bench.open(forKyc(bench));
    expect(session).toBeUndefined();
    expect(problem).toMatchObject({ code: "CONSENT_EXCEEDED", context: { field: "consent.purpose" } });
    expect(await bench.records()).toEqual(["GRANTED", "REFUSED CONSENT_EXCEEDED"]);
  });

  it("is logged in anew once that session is over", async () => {
    const bench = await newBench();
    const { session } = await bench.open();
    await bench.sessions.close(bench.tenant, session!.id);
    expect(await bench.open()).toMatchObject({ replayed: false, problem: undefined });
  });

  it.each([
    ["has expired", () => letIn(), hourMs],
    ["waits for a one-time password that has expired", undefined, 300_000],
  ])("is logged in anew when that session %s and nobody has ended it yet", async (_why, stage, afterMs) => {
    const bench = await newBench();
    if (stage) bench.login.script.open = () => Promise.resolve(stage());
    const { session } = await bench.open();
    bench.clock.advance(afterMs);
    const outcome = await bench.open();
    expect(outcome.session?.id).not.toBe(session!.id);
    expect(outcome.replayed).toBe(false);
  });

  it("stays with the provider that brings what is wanted", async () => {
    const other = scriptedLogin({ id: "OTHER" });
    const bench = await newBench({ others: [other] });
    const { session } = await bench.open({ provider: "OTHER" });
    expect(await bench.open()).toEqual({ session, replayed: true });
    expect(bench.login.count("open")).toBe(0);
  });
});

describe("at a provider that knows logins by their PAN", () => {
  const alone = () => newBench({ login: scriptedLogin({ terms: { isOnePerPan: true, lifeMs: 600_000 } }) });

  it("another tenant is told when to come back", async () => {
    const bench = await alone();
    await bench.open();
    bench.clock.advance(100_000);
    const { problem, session } = await bench.open({ tenant: `${bench.tenant} rival` });
    expect(problem).toMatchObject({ code: "PROVIDER_RATE_LIMITED", context: { retryAfterSeconds: 500 } });
    expect(session).toBeUndefined();
    expect(bench.login.count("open")).toBe(1);
  });

  it("another tenant is served once the provider has been told of the end", async () => {
    const bench = await alone();
    const { session } = await bench.open();
    await bench.sessions.close(bench.tenant, session!.id);
    await bench.login.called("close");
    await bench.jobsDone();
    expect(await bench.open({ tenant: `${bench.tenant} rival` })).toMatchObject({
      problem: undefined,
      replayed: false,
    });
  });

  it("another tenant is not served between the end of a session and its logout", async () => {
    const bench = await alone();
    await bench.open();
    bench.loseJobs();
    bench.clock.advance(600_001);
    const rival = { tenant: `${bench.tenant} rival` };
    const early = await bench.open(rival);
    expect(early.problem).toMatchObject({ code: "PROVIDER_RATE_LIMITED", context: { retryAfterSeconds: 5 } });
    await bench.sweepAfter(1);
    await bench.sweepAfter(600_000);
    expect(bench.login.calls).toEqual(["open", "close"]);
    expect(await bench.open(rival)).toMatchObject({ problem: undefined, replayed: false });
  });

  it("a logout that comes too late does not end another tenant's login", async () => {
    const bench = await alone();
    const { session } = await bench.open();
    bench.loseJobs();
    bench.clock.advance(600_000 + 600_001);
    const rival = await bench.open({ tenant: `${bench.tenant} rival` });
    expect(rival).toMatchObject({ problem: undefined, replayed: false });
    await bench.sweepAfter(1);
    await bench.sweepAfter(600_000);
    expect(await bench.store.sessions.owesLogout(session!)).toBe(false);
    expect(bench.login.count("close")).toBe(0);
  });

  it("another tenant is not served before a login under way has been logged out", async () => {
    const bench = await alone();
    const { call, release } = held<Stage>();
    bench.login.script.open = call;
    const session = await bench.begin();
    await bench.sessions.close(bench.tenant, session.id);
    const busy = await bench.open({ tenant: `${bench.tenant} rival` });
    expect(busy.problem?.code).toBe("PROVIDER_RATE_LIMITED");
    release(letIn());
    await bench.login.called("close");
    await bench.sessions.drain(1_000);
    bench.login.script.open = () => Promise.resolve(awaitingTime(1_000));
    expect(await bench.open({ tenant: `${bench.tenant} rival` })).toMatchObject({ problem: undefined });
  });
});

describe("at a provider that does not", () => {
  it("each tenant has a session of its own", async () => {
    const bench = await newBench();
    const ours = await bench.open();
    const theirs = await bench.open({ tenant: `${bench.tenant} rival` });
    expect(theirs).toMatchObject({ problem: undefined, replayed: false });
    expect(theirs.session?.id).not.toBe(ours.session?.id);
    expect(bench.login.count("open")).toBe(2);
  });
});
