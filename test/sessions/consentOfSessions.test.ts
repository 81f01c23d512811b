import { absent } from "../../src/domain/answer";
import type { ConsentTerms } from "../../src/domain/consent";
import type { Reading, Stage } from "../../src/providers/provider";
import type { Phase, Session } from "../../src/sessions/session";
import { dayMs, startMs } from "../store/storePlace";
import { awaitingTime, held, letIn, provenance, readingOf, scriptedLogin } from "../support/scriptedLogin";
import { sessionsOnOneServer, type SessionsUnderTest } from "./sessionsUnderTest";

const newBench = sessionsOnOneServer();
const hourMs = 3_600_000;

const consentOf = (bench: SessionsUnderTest, changes: Partial<ConsentTerms>) => ({
  consent: { ...bench.request().consent, ...changes },
});

describe("a consent that does not hold", () => {
  it.each([
    ["starts later", { startsAtMs: startMs + 1 }, "CONSENT_REQUIRED"],
    ["has expired", { startsAtMs: startMs - dayMs, expiresAtMs: startMs }, "CONSENT_EXPIRED"],
  ])("opens no session when it %s", async (_why, terms, code) => {
    const bench = await newBench();
    const { problem, session } = await bench.open(consentOf(bench, terms));
    expect(problem?.code).toBe(code);
    expect(session).toBeUndefined();
    expect(bench.login.calls).toEqual([]);
    expect(await bench.records()).toEqual([`REFUSED ${code}`]);
  });

  it("lets no one-time password through", async () => {
    const bench = await newBench();
    const { session } = await bench.open(consentOf(bench, { expiresAtMs: startMs + hourMs / 60 }));
    bench.clock.advance(hourMs / 60);
    const { problem } = await bench.submitOtp(session!);
    expect(problem?.code).toBe("CONSENT_EXPIRED");
    expect(bench.login.count("submitOtp")).toBe(0);
    expect(await bench.records()).toEqual(["GRANTED", "REFUSED CONSENT_EXPIRED"]);
  });

  it("lets no poll through", async () => {
    const bench = await newBench();
    bench.login.script.open = () => Promise.resolve(awaitingTime(60_000));
    const { session } = await bench.open(consentOf(bench, { expiresAtMs: startMs + 60_000 }));
    bench.clock.advance(60_000);
    await bench.reached(session!, "ENDED");
    expect(bench.login.count("poll")).toBe(0);
  });
});

/** Each phase a session can be found in, by what its vendor does. */
const waysTo: Partial<Record<Phase, (bench: SessionsUnderTest) => void>> = {
  OPENING: ({ login }) => (login.script.open = held<Stage>().call),
  AWAITING_OTP: () => undefined,
  WAITING: ({ login }) => (login.script.open = () => Promise.resolve(awaitingTime(hourMs))),
  READING: ({ login }) => {
    login.script.open = () => Promise.resolve(letIn());
    login.script.read = held<never>().call;
  },
  READY: ({ login }) => (login.script.open = () => Promise.resolve(letIn())),
};
const phases = Object.keys(waysTo) as Phase[];

async function benchIn(phase: Phase, terms: Partial<ConsentTerms> = {}) {
  const bench = await newBench();
  waysTo[phase]?.(bench);
  const session = await bench.reached(await bench.begin(consentOf(bench, terms)), phase);
  if (phase === "READING") await bench.login.called("read");
  return { bench, session };
}

/** Where a login is under way, the logout waits for it, but not for ever. */
async function logsOutOnce({ login, clock, store }: SessionsUnderTest, session: Session): Promise<void> {
  clock.advance(120_000);
  await login.called("close");
  while (await store.sessions.owesLogout(session)) await Promise.resolve();
  expect(login.count("close")).toBe(1);
}

describe("a consent that expires", () => {
  it.each(phases)("ends a session in %s", async (phase) => {
    const { bench, session } = await benchIn(phase, { expiresAtMs: startMs + 60_000 });
    await bench.sweepAfter(60_000);
    expect((await bench.now(session)).progress).toMatchObject({
      phase: "ENDED",
      reason: "EXPIRED",
      problem: { code: "CONSENT_EXPIRED" },
    });
    await logsOutOnce(bench, session);
  });
});

describe("a consent that is revoked", () => {
  it.each(phases)("ends a session in %s at once", async (phase) => {
    const { bench, session } = await benchIn(phase);
    const consent = await bench.sessions.revokeConsent(bench.tenant, session.consentId);
    expect(consent.revokedAtMs).toBe(bench.clock.now());
    expect((await bench.now(session)).progress).toMatchObject({
      phase: "ENDED",
      reason: "CONSENT_REVOKED",
      problem: { code: "CONSENT_REVOKED" },
    });
    await logsOutOnce(bench, session);
  });

  it("is another tenant's to revoke as little as one that is not there", async () => {
    const { bench, session } = await benchIn("READY");
    await expect(bench.sessions.revokeConsent("stranger", session.consentId)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect((await bench.now(session)).progress.phase).toBe("READY");
  });

  it("takes away what was kept under it", async () => {
    const { bench, session } = await benchIn("READY");
    expect(await bench.kept()).not.toEqual([]);
    await bench.sessions.revokeConsent(bench.tenant, session.consentId);
    expect(await bench.kept()).toEqual([]);
    expect(await bench.records()).toEqual(["GRANTED", "USED", "REVOKED"]);
  });
});

describe("a consent that ends while the documents are being read", () => {
  const reading = async (terms: Partial<ConsentTerms> = {}) => {
    const { call, release } = held<{ ticket: never; readings: readonly Reading[] }>();
    const bench = await newBench();
    bench.login.script.open = () => Promise.resolve(letIn());
    bench.login.script.read = call;
    const session = await bench.begin(consentOf(bench, terms));
    await bench.login.called("read");
    const bring = () => {
      release({ ticket: undefined as never, readings: [readingOf("PROFILE")] });
      return bench.jobsDone();
    };
    return { bench, session, bring };
  };

  it("keeps nothing of them once it has expired", async () => {
    const { bench, bring } = await reading({ expiresAtMs: startMs + 60_000 });
    bench.clock.advance(60_000);
    await bring();
    expect(await bench.kept()).toEqual([]);
    expect(await bench.records()).toEqual(["GRANTED"]);
  });

  it("keeps nothing of them once it has been revoked", async () => {
    const { bench, session, bring } = await reading();
    await bench.sessions.revokeConsent(bench.tenant, session.consentId);
    await bring();
    expect(await bench.kept()).toEqual([]);
    expect(await bench.records()).toEqual(["GRANTED", "REVOKED"]);
  });

  it("keeps nothing of them once the taxpayer has been erased", async () => {
    const { bench, bring } = await reading();
    await bench.sessions.erase(bench.tenant, bench.pan);
    await bring();
    expect(await bench.kept()).toEqual([]);
    expect(await bench.records()).toEqual(["GRANTED", "ERASED"]);
  });
});

describe("what a session brings", () => {
  const bringing = async (readings: readonly Reading[], terms: Partial<ConsentTerms> = {}) => {
    const bench = await newBench({ login: scriptedLogin({ documents: ["PROFILE", "FILINGS", "DEMANDS"] }) });
    bench.login.script.open = () => Promise.resolve(letIn(readings));
    const session: Session = await bench.begin({ ...consentOf(bench, terms), documents: ["PROFILE", "FILINGS"] });
    return { bench, session: await bench.reached(session, "READY") };
  };

  it("is kept within the documents that were consented to", async () => {
    const { bench } = await bringing(["PROFILE", "FILINGS", "DEMANDS"].map((each) => readingOf(each as "PROFILE")));
    expect(await bench.kept()).toEqual(["FILINGS 2024-25", "FILINGS 2025-26", "PROFILE"]);
  });

  it("is kept within the years that were consented to", async () => {
    const { bench } = await bringing([2026, 2025, 2024, 2019].map((year) => readingOf("FILINGS", year)));
    expect(await bench.kept()).toEqual(["FILINGS 2024-25", "FILINGS 2025-26", "PROFILE"]);
  });

  it("is written down as a use of the consent", async () => {
    const { bench, session } = await bringing([readingOf("FILINGS"), readingOf("PROFILE")]);
    const { records } = await bench.store.consents.records(bench.tenant, { first: 1 });
    expect(records).toMatchObject([
      {
        kind: "USED",
        sessionId: session.id,
        consentId: session.consentId,
        documents: ["FILINGS", "PROFILE"],
        incomeYears: session.incomeYears,
      },
    ]);
  });

  it("is kept as long as the taxpayer has allowed", async () => {
    const nothing: Reading = { document: "FILINGS", incomeYear: undefined, answer: absent(provenance) };
    const { bench } = await bringing([readingOf("PROFILE"), nothing], { dataLifeDays: 7 });
    const answers = (await bench.store.taxpayers.byPan(bench.tenant, [bench.pan])).get(bench.pan)!.answers;
    expect(new Set(answers.map(({ expiresAtMs }) => expiresAtMs))).toEqual(new Set([startMs + 7 * dayMs]));
  });
});

describe("erasing a person", () => {
  it("ends the session that is open", async () => {
    const { bench, session } = await benchIn("READY");
    const receipt = await bench.sessions.erase(bench.tenant, bench.pan);
    expect(receipt.destroyed).toMatchObject({ keys: 1, consents: 1, sessions: 1 });
    expect((await bench.now(session)).progress).toMatchObject({ phase: "ENDED", reason: "ERASED" });
  });

  it("tells the provider once, and before the receipt", async () => {
    const { bench } = await benchIn("READY");
    await bench.sessions.erase(bench.tenant, bench.pan);
    expect(bench.login.ticketsOf("close")).toEqual(["ticket of the login"]);
    await bench.sweepAfter(hourMs);
    expect(bench.login.count("close")).toBe(1);
  });

  it("is done although the provider cannot be told", async () => {
    const { bench } = await benchIn("READY");
    bench.login.script.close = () => Promise.reject(new Error("no logout today"));
    expect(await bench.sessions.erase(bench.tenant, bench.pan)).toMatchObject({ destroyed: { keys: 1 } });
  });

  it("logs out the login that comes back afterwards", async () => {
    const bench = await newBench();
    const { call, release } = held<Stage>();
    bench.login.script.open = call;
    await bench.begin();
    await bench.sessions.erase(bench.tenant, bench.pan);
    const closes = bench.login.count("close");
    release(letIn([readingOf("PROFILE")]));
    await bench.login.called("close", closes + 1);
    expect(await bench.kept()).toEqual([]);
  });

  it("lets a new consent start afresh", async () => {
    const { bench, session } = await benchIn("READY");
    await bench.sessions.erase(bench.tenant, bench.pan);
    const outcome = await bench.open();
    expect(outcome).toMatchObject({ replayed: false, problem: undefined });
    expect(outcome.session?.taxpayerId).not.toBe(session.taxpayerId);
  });
});
