import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import {
  CloseSessionDocument,
  OpenSessionDocument,
  ProvidersDocument,
  RevokeConsentDocument,
  SessionByIdDocument,
  SubmitOtpDocument,
  type OpenSessionInput,
  type ProviderId,
} from "../../packages/client/src/operations";
import { externalPlace, newDataDir, sql, type StorePlace } from "../store/storePlace";
import { openInput, wrongOtp, type WatchedSession } from "../support/sessionCaller";
import { onOneDatabase, startSessionProcess, type SessionProcess } from "../support/sessionProcess";
import { openVendorGate } from "../support/vendorGate";
import { providerOf } from "../support/vendors";

const otpCall = "POST get_data";

/** Two processes on one database, each with a door of its own to its vendors. */
async function startTwo(server: EmbeddedServer) {
  await using opening = new AsyncDisposableStack();
  const place: StorePlace = opening.use(await externalPlace(server.url));
  const [kwikid, finpass] = await Promise.all(
    ["KWIKID", "FINPASS"].map(async (id) => opening.use(await openVendorGate(providerOf(id)))),
  );
  const url = await place.url();
  const shared = { ...onOneDatabase(url), FINPASS_POLL_MS: "100" };
  const start = async (door: number) =>
    opening.use(await startSessionProcess({ ...shared, ...kwikid!.env(door), ...finpass!.env(door) }));
  const processes = await Promise.all([start(0), start(1)]);
  const open = opening.move();
  return { url, kwikid: kwikid!, finpass: finpass!, processes, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

async function open(service: SessionProcess, provider: ProviderId, changes: Partial<OpenSessionInput> = {}) {
  const input = openInput({ provider, ...changes });
  const { session } = (await service.run(OpenSessionDocument, { input })).openSession;
  return { ...session!, pan: input.pan };
}

async function submit(service: SessionProcess, sessionId: string, otp: string) {
  return (await service.run(SubmitOtpDocument, { input: { sessionId, otp } })).submitOtp;
}

const dataDir = newDataDir();
let server: EmbeddedServer;
let two: Awaited<ReturnType<typeof startTwo>>;
let one: SessionProcess;
let other: SessionProcess;

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  two = await startTwo(server);
  [one, other] = two.processes;
}, 60_000);

afterAll(async () => {
  await two[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

describe("two processes on one database", () => {
  it("take a session that was opened on one to its end on the other", async () => {
    const { id, pan } = await open(one, "KWIKID");
    await submit(other, id, await two.kwikid.readOtp(pan));
    const states: string[] = [];
    for await (const { state } of one.watch(id)) {
      states.push(state);
      if (state === "READY") await other.run(CloseSessionDocument, { sessionId: id });
    }
    expect(states.at(-1)).toBe("ENDED");
    expect(two.kwikid.count(pan, "POST get_otp")).toBe(1);
    await two.kwikid.seen(pan, "POST logout");
  });

  it("show every change in the same order to whoever watches", async () => {
    const { id, pan } = await open(one, "KWIKID");
    const told = ({ state, attemptsLeft, problem }: WatchedSession) => `${state} ${attemptsLeft} ${problem?.code}`;
    const watches = [one, other].map((service) => service.watch(id));
    const seen = await Promise.all(watches.map(async (watch) => [told((await watch.next()).value as WatchedSession)]));
    const otp = await two.kwikid.readOtp(pan);
    await submit(other, id, wrongOtp(otp));
    await submit(one, id, otp);
    await Promise.all(
      watches.map(async (watch, at) => {
        for await (const session of watch) {
          // A provider that reads year by year is PROCESSING once for each.
          if (seen[at]!.at(-1) !== told(session)) seen[at]!.push(told(session));
          if (session.state === "READY") await two.processes[at]!.run(CloseSessionDocument, { sessionId: id });
        }
      }),
    );
    expect(seen[0]).toEqual([
      "AWAITING_OTP 3 undefined",
      "AWAITING_OTP 2 undefined",
      "AWAITING_OTP 2 OTP_INVALID",
      "AWAITING_OTP 1 undefined",
      "PROCESSING null undefined",
      "READY null undefined",
      "ENDED null undefined",
    ]);
    expect(seen[1]).toEqual(seen[0]);
  });

  it("make one attempt of a one-time password that is submitted on both at once", async () => {
    const { id, pan } = await open(one, "KWIKID");
    const attempt = two.kwikid.hold(pan, otpCall, "BEFORE");
    const otp = await two.kwikid.readOtp(pan);
    const submissions = [one, other].map((service) => submit(service, id, otp));
    await attempt.arrived;
    expect((await Promise.race(submissions)).problem).toMatchObject({ code: "STEP_OUT_OF_ORDER" });
    attempt.release();
    const codes = (await Promise.all(submissions)).map(({ problem }) => problem?.code);
    expect(codes.toSorted()).toEqual(["STEP_OUT_OF_ORDER", undefined]);
    expect(two.kwikid.count(pan, otpCall)).toBe(1);
  });

  it("never try a one-time password more than three times together", async () => {
    const { id, pan } = await open(one, "KWIKID");
    const wrong = wrongOtp(await two.kwikid.readOtp(pan));
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([one, other, one, other].map((service) => submit(service, id, wrong)));
    }
    expect(two.kwikid.count(pan, otpCall)).toBe(3);
    const { session } = await other.run(SessionByIdDocument, { id });
    expect(session).toMatchObject({ state: "FAILED" });
  });

  it("end a session of which one reads documents when its consent is revoked on the other", async () => {
    const { id, pan, consent } = await open(one, "KWIKID");
    const reading = two.kwikid.hold(pan, "POST get_data_by_assessment_year", "AFTER");
    const submitted = submit(one, id, await two.kwikid.readOtp(pan));
    const elsewhere = two.processes[1 - (await reading.arrived)]!;
    await elsewhere.run(RevokeConsentDocument, { consentId: consent.id });
    for (const service of [one, other]) {
      const { session } = await service.run(SessionByIdDocument, { id });
      expect(session).toMatchObject({ state: "ENDED", endReason: "CONSENT_REVOKED" });
    }
    await two.kwikid.seen(pan, "POST logout");
    await submitted;
  });

  it("keep nothing that comes to one after its consent was revoked on the other", async () => {
    const { id, pan, consent } = await open(one, "KWIKID");
    const reading = two.kwikid.hold(pan, "POST get_data_by_assessment_year", "AFTER");
    const submitted = submit(one, id, await two.kwikid.readOtp(pan));
    const elsewhere = two.processes[1 - (await reading.arrived)]!;
    expect(await keptUnder(consent.id)).toBe(1);
    await elsewhere.run(RevokeConsentDocument, { consentId: consent.id });
    reading.release();
    await submitted;
    while (await isAtWorkOn(id));
    expect(await keptUnder(consent.id)).toBe(0);
  });
});

async function keptUnder(consentId: string): Promise<number> {
  return (await sql(two.url, "select from aaygraph.answers where consent_id = $1", [consentId])).length;
}

async function isAtWorkOn(sessionId: string): Promise<boolean> {
  const active = "select from aaygraph_jobs.job where state = 'active' and data->>'sessionId' = $1";
  return (await sql(two.url, active, [sessionId])).length > 0;
}

describe("a process that is killed while it polls", () => {
  it("leaves the session to the other one", async () => {
    await using pair = await startTwo(server);
    const { finpass, processes } = pair;
    const { id, pan } = await open(processes[0], "FINPASS");
    const poll = finpass.hold(pan, "GET status", "AFTER");
    const poller = await poll.arrived;
    const survivor = processes[1 - poller]!;
    const states: string[] = [];
    for await (const { state } of survivor.watch(id)) {
      if (states.length === 0) await processes[poller]!.kill();
      states.push(state);
      if (state === "PROCESSING") finpass.letTimePass();
      if (state === "READY") break;
    }
    expect(states.at(-1)).toBe("READY");
    expect(finpass.count(pan, "POST analyze")).toBe(1);
  });
});

describe("a vendor's health", () => {
  it("is told by one process as the other has seen it", async () => {
    const lastHour = async (service: SessionProcess) => {
      const { providers } = await service.run(ProvidersDocument, { periods: 4, periodMinutes: 15 });
      const { history, operations } = providers.find(({ id }) => id === "KWIKID")!.health;
      const sum = (list: readonly { calls: number }[]) => list.reduce((total, { calls }) => total + calls, 0);
      return { ofAll: sum(history!), own: sum(operations) };
    };
    const { id } = await open(one, "KWIKID");
    await one.run(CloseSessionDocument, { sessionId: id });
    // Either of them logs out, after the session's end; each writes a moment after its calls.
    let seen = { ofAll: 0, ofOne: 0, ofOther: 0 };
    while (seen.ofOne + seen.ofOther < 2 || seen.ofAll < seen.ofOne + seen.ofOther) {
      const [{ own: ofOne }, { own: ofOther, ofAll }] = [await lastHour(one), await lastHour(other)];
      seen = { ofAll, ofOne, ofOther };
    }
    expect(seen.ofOne).toBeGreaterThan(0);
    expect(seen.ofAll).toBe(seen.ofOne + seen.ofOther);
  });
});
