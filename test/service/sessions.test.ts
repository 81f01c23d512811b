import {
  CloseSessionDocument,
  ConsentRecordsDocument,
  EraseTaxpayerDocument,
  OpenSessionDocument,
  ResendOtpDocument,
  RevokeConsentDocument,
  SessionByIdDocument,
  SubmitOtpDocument,
  WatchSessionDocument,
  type ProviderId,
  type SessionState,
} from "../../packages/client/src/operations";
import { limitRegister } from "../../src/kernel/limits";
import { startTestService, type TestService } from "../support/service";
import {
  codesOf,
  letTimePass,
  open,
  openInput,
  openToReady,
  orderFault,
  readOtp,
  subscribe,
  watch,
  whenSettled,
  wrongOtp,
} from "../support/sessionCaller";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ KWIKID_POLL_MS: "20", TUTELAR_POLL_MS: "20", FINPASS_POLL_MS: "20" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const vendors: readonly ProviderId[] = ["KWIKID", "DEEPVUE", "TUTELAR", "FINPASS"];
const statesInOrder: readonly SessionState[] = ["OPENING", "AWAITING_OTP", "PROCESSING", "READY", "ENDED"];

describe.each(vendors)("a session at %s", (provider) => {
  it("is READY once its nextAction has been followed", async () => {
    const { session } = await openToReady(service, provider);
    expect(session).toMatchObject({ provider, state: "READY", problem: null, nextAction: { kind: "READ_DATA" } });
  });

  it("shows each change in order to whoever watches, until it is over", async () => {
    const input = openInput({ provider });
    const { id } = await open(service, input);
    const states: SessionState[] = [];
    let last;
    for await (const session of watch(service, id)) {
      states.push(session.state);
      last = session;
      if (session.nextAction.kind === "SUBMIT_OTP") {
        const otp = await readOtp(service, input.pan);
        await service.ask(SubmitOtpDocument, { input: { sessionId: id, otp } });
      }
      if (session.state === "PROCESSING") await letTimePass(service);
      if (session.state === "READY") await service.ask(CloseSessionDocument, { sessionId: id });
    }
    expect(states).toEqual(states.toSorted((a, b) => statesInOrder.indexOf(a) - statesInOrder.indexOf(b)));
    expect(last).toMatchObject({ state: "ENDED", endReason: "CLOSED_BY_CALLER", expiresAt: null });
  });

  it("tells what has happened to it", async () => {
    const { session } = await openToReady(service, provider);
    const { data } = await service.ask(SessionByIdDocument, { id: session.id });
    expect(data?.session?.events.map(({ state }) => state)).toEqual(expect.arrayContaining(["OPENING", "READY"]));
    expect(data?.session?.events.every(({ message }) => message !== "")).toBe(true);
  });

  it("does not let a wrong password in", async () => {
    const input = openInput({ provider, password: "not this one" });
    const session = await whenSettled(service, (await open(service, input)).id);
    expect(session).toMatchObject({
      state: "FAILED",
      endReason: "FAILED",
      problem: { code: "INVALID_CREDENTIALS", blame: "TAXPAYER" },
      nextAction: { kind: "OPEN_SESSION", mutation: "openSession" },
    });
  });
});

describe("a one-time password", () => {
  async function awaitingOtp() {
    const input = openInput({ provider: "KWIKID" });
    const { id } = await open(service, input);
    await whenSettled(service, id);
    return { id, right: await readOtp(service, input.pan), pan: input.pan };
  }

  async function submit(sessionId: string, otp: string) {
    return (await service.ask(SubmitOtpDocument, { input: { sessionId, otp } })).data?.submitOtp;
  }

  it("is due with a countdown beside the attempts that are left", async () => {
    const { id } = await awaitingOtp();
    const { data } = await service.ask(SessionByIdDocument, { id });
    expect(data?.session).toMatchObject({
      state: "AWAITING_OTP",
      attemptsLeft: 3,
      nextAction: { kind: "SUBMIT_OTP", mutation: "submitOtp", expiresAt: expect.any(String) as string },
    });
  });

  it("may be wrong twice", async () => {
    const { id, right } = await awaitingOtp();
    const wrong = wrongOtp(right);
    for (const attemptsLeft of [2, 1]) {
      expect(await submit(id, wrong)).toMatchObject({
        session: { state: "AWAITING_OTP", attemptsLeft },
        problem: { code: "OTP_INVALID", blame: "TAXPAYER", retryable: true },
      });
    }
    await submit(id, right);
    expect(await whenSettled(service, id)).toMatchObject({ state: "READY" });
  });

  it("that is wrong three times ends the session", async () => {
    const { id, right } = await awaitingOtp();
    const wrong = wrongOtp(right);
    await submit(id, wrong);
    await submit(id, wrong);
    expect((await submit(id, wrong))?.session).toMatchObject({ state: "FAILED", endReason: "FAILED" });
    expect(await submit(id, right)).toMatchObject({ problem: { code: "SESSION_ENDED" } });
  });

  it("is tried once however often one operation submits it", async () => {
    const { id, right } = await awaitingOtp();
    const submissions = Array.from(
      { length: limitRegister.rootFields.fallback },
      (_, at) => `s${at}: submitOtp(input: $input) { problem { code } session { attemptsLeft } }`,
    );
    const { data } = await service.ask<Record<string, unknown>, unknown>(
      `mutation ($input: SubmitOtpInput!) { ${submissions.join(" ")} }`,
      { input: { sessionId: id, otp: wrongOtp(right) } },
    );
    const [first, ...others] = Object.values(data ?? {});
    expect(first).toEqual({ problem: { code: "OTP_INVALID" }, session: { attemptsLeft: 2 } });
    expect(others).toHaveLength(limitRegister.rootFields.fallback - 1);
    for (const other of others) {
      expect(other).toEqual({ problem: { code: "LIMIT_EXCEEDED" }, session: { attemptsLeft: 2 } });
    }
  });

  it("that comes twice at once is tried once", async () => {
    const { id, right } = await awaitingOtp();
    const wrong = wrongOtp(right);
    // The first is still under way when the second comes.
    await orderFault(service, { vendor: "KWIKID", fault: "LATENCY", delayMs: 300, times: 1 });
    const answers = await Promise.all([submit(id, wrong), submit(id, wrong)]);
    const codes = answers.map((answer) => answer?.problem?.code);
    expect(codes.toSorted()).toEqual(["OTP_INVALID", "STEP_OUT_OF_ORDER"]);
    expect((await whenSettled(service, id)).attemptsLeft).toBe(2);
  });

  it("is refused where another step is due, which is named", async () => {
    const { session } = await openToReady(service, "FINPASS");
    expect(await submit(session.id, "123456")).toMatchObject({
      session: { state: "READY" },
      problem: { code: "STEP_OUT_OF_ORDER", message: expect.stringContaining("READ_DATA") as string },
    });
  });

  it("cannot be sent again by a vendor that sends it at the login", async () => {
    const { id } = await awaitingOtp();
    const { data } = await service.ask(ResendOtpDocument, { sessionId: id });
    expect(data?.resendOtp).toMatchObject({ session: { id }, problem: { code: "OTP_NOT_SENT", provider: "KWIKID" } });
  });
});

describe("opening", () => {
  it("costs one portal login", async () => {
    const { extensions } = await service.ask(OpenSessionDocument, { input: openInput() });
    expect(extensions?.cost.portalLogins).toBe(1);
  });

  it("chooses a provider where none is named", async () => {
    const session = await open(service, openInput({ documents: ["INFORMATION_STATEMENT"] }));
    expect(session).toMatchObject({ provider: "DEEPVUE", documents: ["INFORMATION_STATEMENT"] });
  });

  it("at a provider that needs no session is the caller's mistake", async () => {
    const { data, errors } = await service.ask(OpenSessionDocument, { input: openInput({ provider: "EKO" }) });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field: "provider", provider: "EKO" });
  });

  it("again with the same key brings the same session, without a login", async () => {
    const input = openInput();
    const { id } = await open(service, input);
    const { data, extensions } = await service.ask(OpenSessionDocument, { input });
    expect(data?.openSession).toMatchObject({ session: { id }, replayed: true });
    expect(extensions?.cost.portalLogins).toBe(0);
  });

  it("with the same key for something else is a conflict", async () => {
    const input = openInput();
    await open(service, input);
    const { data } = await service.ask(OpenSessionDocument, { input: { ...input, years: 5 } });
    expect(data?.openSession).toMatchObject({ session: null, replayed: false, problem: { code: "CONFLICT" } });
  });

  it("many times at once with the same key makes one login", async () => {
    const input = openInput();
    const answers = await Promise.all(Array.from({ length: 8 }, () => service.ask(OpenSessionDocument, { input })));
    const ids = new Set(answers.map(({ data }) => data?.openSession.session?.id));
    expect(ids.size).toBe(1);
    const logins = answers.map(({ extensions }) => extensions?.cost.portalLogins ?? NaN);
    expect(logins.reduce((sum, each) => sum + each)).toBe(1);
  });

  it("for a person whom another tenant has logged in tells when to try again", async () => {
    const input = openInput({ provider: "KWIKID" });
    await open(service, input, { tenant: "one" });
    const { data } = await service.ask(OpenSessionDocument, { input }, { tenant: "two" });
    expect(data?.openSession).toMatchObject({
      session: null,
      problem: { code: "PROVIDER_RATE_LIMITED", retryAfterSeconds: expect.any(Number) as number },
    });
  });

  it("before the consent begins is a problem", async () => {
    const { consent, ...input } = openInput();
    const later = { ...consent, startsAt: new Date(Date.parse(consent.expiresAt) - 1_000).toISOString() };
    const { data } = await service.ask(OpenSessionDocument, { input: { ...input, consent: later } });
    expect(data?.openSession).toMatchObject({ session: null, problem: { code: "CONSENT_REQUIRED" } });
  });
});

describe("another tenant's session", () => {
  const other = { tenant: "other" };
  const unknown = "ss_AAAAAAAAAAAAAAAAAAAAAA";
  let theirs: string;

  beforeAll(async () => {
    theirs = (await open(service, openInput())).id;
  });

  it.each([
    ["session", "query ($id: ID!) { session(id: $id) { id } }"],
    ["node", "query ($id: ID!) { node(id: $id) { id } }"],
    ["closeSession", "mutation ($id: ID!) { closeSession(input: { sessionId: $id }) { replayed } }"],
    ["resendOtp", "mutation ($id: ID!) { resendOtp(input: { sessionId: $id }) { replayed } }"],
    [
      "submitOtp",
      "mutation ($id: ID!, $otp: String!) { submitOtp(input: { sessionId: $id, otp: $otp }) { replayed } }",
    ],
  ])("gets the answer that no session gets, from %s", async (_name, operation) => {
    const [answer, unknownAnswer] = await Promise.all(
      [theirs, unknown].map((id) => service.ask(operation, { id, otp: "123456" }, other)),
    );
    expect(codesOf(answer?.errors)).toEqual(["NOT_FOUND"]);
    const known = (each: typeof answer) => ({ ...each, errors: each?.errors?.map(({ message }) => message) });
    expect(known(answer)).toEqual(known(unknownAnswer));
  });

  it("cannot be watched", async () => {
    for await (const { data, errors } of subscribe(service, WatchSessionDocument, { id: theirs }, other)) {
      expect(data).toBeFalsy();
      expect(codesOf(errors)).toEqual(["NOT_FOUND"]);
    }
    expect.hasAssertions();
  });
});

describe("closing", () => {
  it("twice ends the session once", async () => {
    const { session } = await openToReady(service, "FINPASS");
    const close = async () => (await service.ask(CloseSessionDocument, { sessionId: session.id })).data?.closeSession;
    const first = await close();
    expect(first).toMatchObject({ session: { state: "ENDED", endReason: "CLOSED_BY_CALLER" }, problem: null });
    expect(await close()).toEqual(first);
  });
});

describe("revoking a consent", () => {
  it("ends its sessions", async () => {
    const { consent, id } = await open(service, openInput({ provider: "KWIKID" }));
    const { data } = await service.ask(RevokeConsentDocument, { consentId: consent.id });
    expect(data?.revokeConsent).toMatchObject({ consent: { id: consent.id, standing: "REVOKED" }, problem: null });
    expect((await service.ask(SessionByIdDocument, { id })).data?.session).toMatchObject({
      state: "ENDED",
      endReason: "CONSENT_REVOKED",
      problem: { code: "CONSENT_REVOKED" },
      consent: { standing: "REVOKED" },
    });
  });

  it("is on record", async () => {
    const input = openInput({ provider: "KWIKID" });
    const { consent } = await open(service, input);
    await service.ask(RevokeConsentDocument, { consentId: consent.id });
    const { data } = await service.ask(ConsentRecordsDocument, { pan: input.pan });
    const records = data?.consentRecords.nodes.filter((record) => record.consent === consent.id);
    expect(records?.map(({ kind }) => kind)).toEqual(["REVOKED", "GRANTED"]);
  });

  it("of another tenant is not possible", async () => {
    const { consent } = await open(service, openInput());
    const { data, errors } = await service.ask(RevokeConsentDocument, { consentId: consent.id }, { tenant: "other" });
    expect(data).toBeNull();
    expect(codesOf(errors)).toEqual(["NOT_FOUND"]);
  });
});

describe("erasing a taxpayer", () => {
  it("brings a receipt, the same one when it is done again", async () => {
    const { input } = await openToReady(service, "FINPASS");
    const erase = async () => (await service.ask(EraseTaxpayerDocument, { pan: input.pan, reason: "asked" })).data;
    const first = await erase();
    expect(first?.eraseTaxpayer).toMatchObject({
      receipt: { taxpayer: expect.stringMatching(/^tp_/) as string, destroyed: { keys: 1, consents: 1, sessions: 1 } },
      problem: null,
    });
    expect(await erase()).toEqual(first);
  });

  it("ends the sessions before the eyes of those who watch", async () => {
    const input = openInput({ provider: "KWIKID" });
    const { id } = await open(service, input);
    let last;
    for await (const session of watch(service, id)) {
      last = session;
      if (session.nextAction.kind === "SUBMIT_OTP") {
        await service.ask(EraseTaxpayerDocument, { pan: input.pan, reason: "asked" });
      }
    }
    expect(last).toMatchObject({ state: "ENDED", endReason: "ERASED" });
  });

  it("leaves nothing to be read", async () => {
    const { input, session } = await openToReady(service, "FINPASS");
    await service.ask(EraseTaxpayerDocument, { pan: input.pan, reason: "asked" });
    const { errors } = await service.ask("query ($id: ID!) { session(id: $id) { id taxpayer { pan } } }", {
      id: session.id,
    });
    expect(codesOf(errors)).toEqual(["ERASED"]);
  });
});
