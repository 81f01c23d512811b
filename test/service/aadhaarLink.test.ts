import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { aadhaarCheckDigit } from "../../src/domain/identifiers";
import { indianDayAt } from "../../src/domain/calendarDate";
import type { Events } from "../../src/kernel/events";
import { personaOn } from "../../src/sandbox/personas";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import {
  AccessEventsDocument,
  CheckAadhaarLinkDocument,
  ConsentRecordsDocument,
  EraseTaxpayerDocument,
  RevokeConsentDocument,
  type AadhaarLinkInput,
} from "../../packages/client/src/operations";
import { everyRow } from "../store/sealingContract";
import { newDataDir, sql } from "../store/storePlace";
import { startTestService, type TestService } from "../support/service";
import { codesOf, newPerson, openInput } from "../support/sessionCaller";
import { sight } from "../support/sightings";
import { openVendorGate, type VendorGate } from "../support/vendorGate";
import { providerOf } from "../support/vendors";

/** Every event of the service with its facts. */
const mockEvents: string[] = [];
jest.mock("../../src/kernel/events", () => {
  const { createEvents } = jest.requireActual<{ createEvents: () => Events }>("../../src/kernel/events");
  const createOverheard = (): Events => {
    const events = createEvents();
    const emit: Events["emit"] = (name, facts) => {
      mockEvents.push(`${name} ${inspect(facts, { depth: 20, showHidden: true, maxStringLength: null })}`);
      events.emit(name, facts);
    };
    return { ...events, emit };
  };
  return { createEvents: createOverheard };
});

const call = "POST uniqueaadhar";
const down = "ZZZPA1004D";
const dataDir = newDataDir();
let server: EmbeddedServer;
let gate: VendorGate;
let service: TestService;
let other: TestService; // a second process of the same store
/** Every whole Aadhaar number that was sent. */
const sent = new Map<string, string>();

beforeAll(async () => {
  server = await startEmbedded({ dataDir: dataDir.path });
  gate = await openVendorGate(providerOf("KWIKID"));
  const env = { DATABASE_URL: server.url.reveal(), AAY_MASTER_KEY: Buffer.alloc(32, 7).toString("base64") };
  service = await startTestService({ ...env, ...gate.env() });
  other = await startTestService({ ...env, ...gate.env() });
}, 60_000);

afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
  await gate[Symbol.asyncDispose]();
  await server.stop();
  await dataDir[Symbol.asyncDispose]();
});

function aadhaarOf(pan: string): string {
  return personaOn(pan, indianDayAt(Date.now()))!.fullAadhaar!;
}

/** A right number, and nobody's. */
const strangersAadhaar = "99990000042" + aadhaarCheckDigit("99990000042");

type Changes = Partial<Omit<AadhaarLinkInput, "consent">> & { consent?: Partial<AadhaarLinkInput["consent"]> };

function inputOf({ consent, ...changes }: Changes = {}): AadhaarLinkInput {
  const pan = changes.pan ?? newPerson().pan;
  const terms = { ...openInput().consent, ...consent };
  return { pan, aadhaar: aadhaarOf(pan), consent: terms, idempotencyKey: randomUUID(), ...changes };
}

async function ask(input: AadhaarLinkInput, by: TestService = service) {
  if (/^\d{12}$/.test(input.aadhaar)) sent.set(input.aadhaar, input.aadhaar);
  return by.ask(CheckAadhaarLinkDocument, { input });
}

async function check(input: AadhaarLinkInput, by?: TestService) {
  const { data } = await ask(input, by);
  return data!.checkAadhaarLink;
}

const profileQuery = `query ($pan: Pan!) { taxpayer(pan: $pan) {
  profile { aadhaarLink { linked label } }
  sources { document provider outcome }
} }`;

async function profileOf(pan: string) {
  const { data, errors } = await service.ask<{ taxpayer: Record<"profile" | "sources", unknown> }, unknown>(
    profileQuery,
    { pan },
  );
  return { ...data?.taxpayer, errors };
}

async function consentOf(pan: string) {
  const { data } = await service.ask(ConsentRecordsDocument, { pan });
  const records = data!.consentRecords.nodes;
  return { records, id: records.find(({ kind }) => kind === "GRANTED")!.consent! };
}

describe("a PAN checked against its own Aadhaar number", () => {
  it("is linked, in the provider's own words", async () => {
    expect(await check(inputOf())).toEqual({
      linked: true,
      label: "PAN is linked with Aadhaar",
      problem: null,
      replayed: false,
    });
  });

  it("may be written in groups", async () => {
    const input = inputOf();
    expect(await check({ ...input, aadhaar: input.aadhaar.replace(/(\d{4})(?=\d)/g, "$1 ") })).toMatchObject({
      linked: true,
    });
  });

  it("costs one call", async () => {
    const input = inputOf();
    const { extensions } = await ask(input);
    expect(extensions?.cost).toMatchObject({ upstreamCalls: 1, portalLogins: 0, rupees: 0 });
    expect(gate.count(input.pan, call)).toBe(1);
  });

  it("shows in the profile", async () => {
    const input = inputOf();
    await check(input);
    expect(await profileOf(input.pan)).toMatchObject({
      profile: { aadhaarLink: { linked: true, label: "PAN is linked with Aadhaar" } },
      sources: expect.arrayContaining([{ document: "AADHAAR_LINK", provider: "KWIKID", outcome: "FOUND" }]) as unknown,
    });
  });

  it("is written down as a consent that was given, then used once", async () => {
    const input = inputOf({ consent: { maxFetches: 1, reference: "loan 4711" } });
    await check(input);
    const { records, id } = await consentOf(input.pan);
    expect(records).toMatchObject(
      ["USED", "GRANTED"].map((kind) => ({
        ...{ kind, consent: id, session: null, provider: "KWIKID" },
        ...{ documents: ["AADHAAR_LINK"], assessmentYears: [] },
      })),
    );
    const [consent] = await sql(server.url, "select fetches, most_fetches from aaygraph.consents where id = $1", [id]);
    expect(consent).toEqual({ fetches: 1, most_fetches: 1 });
  });

  it("stands in the audit trail as a check, then as a reading", async () => {
    const input = inputOf();
    await check(input);
    const { id } = await consentOf(input.pan);
    const { data } = await service.ask(AccessEventsDocument, { pan: input.pan });
    const about = { caller: "developer", provider: "KWIKID", consents: [id], documents: ["AADHAAR_LINK"] };
    const fields = ["AadhaarLinkPayload.linked", "AadhaarLinkPayload.label"];
    const purposes = [input.consent.purpose];
    expect(data!.taxpayer.accessEvents.nodes.filter(({ kind }) => kind !== "AUDIT_READ")).toMatchObject([
      { kind: "READ", ...about, purposes, fields },
      { kind: "AADHAAR_LINK_CHECKED", ...about, purposes, fields: [] },
    ]);
  });
});

describe("a PAN that is not linked", () => {
  it("to this number comes as linked: false", async () => {
    expect(await check(inputOf({ aadhaar: strangersAadhaar }))).toMatchObject({
      linked: false,
      label: "PAN is not linked with Aadhaar",
      problem: null,
    });
  });

  it("to this number may be linked to another, so that its profile says nothing", async () => {
    const input = inputOf({ aadhaar: strangersAadhaar });
    await check(input);
    expect((await profileOf(input.pan)).profile).toBeNull();
  });

  it("to this number keeps the link to its own that a check has found", async () => {
    const input = inputOf();
    await check(input);
    await check({ ...input, aadhaar: strangersAadhaar, idempotencyKey: randomUUID() });
    expect(await profileOf(input.pan)).toMatchObject({ profile: { aadhaarLink: { linked: true } } });
  });

  it("to any number comes as linked: false", async () => {
    expect(await check(inputOf({ pan: "ZZZPG6008H" }))).toMatchObject({ linked: false, problem: null });
  });
});

describe("a request that makes no sense", () => {
  const wrong = `${strangersAadhaar.slice(0, -1)}${(Number(strangersAadhaar.at(-1)) + 1) % 10}`;

  it.each<[string, string]>([
    ["a wrong check digit", wrong],
    ["eleven digits", strangersAadhaar.slice(0, -1)],
    ["letters", "CANARY-99990000"],
    ["nothing", ""],
  ])("is refused for %s, by the field's name alone", async (_what, aadhaar) => {
    const input = inputOf({ aadhaar });
    const answer = await ask(input);
    expect(codesOf(answer.errors)).toEqual(["BAD_INPUT"]);
    expect(answer.errors![0]!.extensions).toMatchObject({ field: "aadhaar" });
    if (aadhaar !== "") expect(JSON.stringify(answer)).not.toContain(aadhaar);
    expect(gate.count(input.pan, call)).toBe(0);
  });

  it("is refused with the number in the text of the operation", async () => {
    const number = strangersAadhaar;
    const { pan } = newPerson();
    const answer = await service.ask(
      `mutation { checkAadhaarLink(input: { pan: "${pan}", aadhaar: "${number}" }) { linked } }`,
    );
    expect(codesOf(answer.errors)).toEqual(["BAD_INPUT"]);
    expect(JSON.stringify(answer)).not.toContain(number);
  });

  it("is refused without the scope", async () => {
    const caller = { scopes: ["compliance:read", "income:read"] };
    const { errors } = await service.ask(CheckAadhaarLinkDocument, { input: inputOf() }, caller);
    expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
  });
});

describe("a consent that does not hold", () => {
  const hourMs = 3_600_000;
  const at = (fromNowMs: number) => new Date(Date.now() + fromNowMs).toISOString();

  it.each<[string, Partial<AadhaarLinkInput["consent"]>, string]>([
    ["starts later", { startsAt: at(hourMs) }, "CONSENT_REQUIRED"],
    ["has expired", { startsAt: at(-2 * hourMs), expiresAt: at(-hourMs) }, "CONSENT_EXPIRED"],
  ])("because it %s costs no call", async (_why, consent, code) => {
    const input = inputOf({ consent });
    expect(await check(input)).toMatchObject({ linked: null, problem: { code }, replayed: false });
    expect(gate.count(input.pan, call)).toBe(0);
  });

  it("because it was revoked refuses a replay", async () => {
    const input = inputOf();
    await check(input);
    const { id: consentId } = await consentOf(input.pan);
    await service.ask(RevokeConsentDocument, { consentId });
    expect(await check(input)).toMatchObject({ linked: null, problem: { code: "CONSENT_REVOKED" }, replayed: true });
    const results = "select sealed_result from aaygraph.aadhaar_checks where consent_id = $1";
    expect(await sql(server.url, results, [consentId])).toEqual([{ sealed_result: null }]);
    expect((await profileOf(input.pan)).profile).toBeNull();
  });

  it("because it was revoked during the call hides the result", async () => {
    const input = inputOf();
    const held = gate.hold(input.pan, call, "AFTER");
    const checking = check(input);
    await held.arrived;
    await service.ask(RevokeConsentDocument, { consentId: (await consentOf(input.pan)).id });
    held.release();
    expect(await checking).toMatchObject({ linked: null, problem: { code: "CONSENT_REVOKED" }, replayed: false });
  });
});

describe("an erased taxpayer", () => {
  const erase = (pan: string) => service.ask(EraseTaxpayerDocument, { pan, reason: "asked for" });

  it("refuses a replay", async () => {
    const input = inputOf();
    await check(input);
    await erase(input.pan);
    expect(await check(input)).toMatchObject({ linked: null, problem: { code: "ERASED" }, replayed: true });
    expect(gate.count(input.pan, call)).toBe(1);
  });

  it("refuses a check under way", async () => {
    const input = inputOf();
    const held = gate.hold(input.pan, call, "AFTER");
    const checking = check(input);
    await held.arrived;
    await erase(input.pan);
    held.release();
    expect(await checking).toMatchObject({ linked: null, problem: { code: "ERASED" }, replayed: false });
  });

  it("is known anew under a new consent", async () => {
    const input = inputOf();
    await check(input);
    await erase(input.pan);
    expect(await check({ ...input, idempotencyKey: randomUUID() })).toMatchObject({ linked: true, replayed: false });
  });
});

describe("an idempotency key", () => {
  it("brings the same result without a second call", async () => {
    const input = inputOf();
    const first = await check(input);
    const { data, extensions } = await ask(input);
    expect(data?.checkAadhaarLink).toEqual({ ...first, replayed: true });
    expect(extensions?.cost).toMatchObject({ upstreamCalls: 0 });
    expect(gate.count(input.pan, call)).toBe(1);
  });

  it("brings its own result after another number was checked", async () => {
    const input = inputOf();
    const first = await check(input);
    await check({ ...input, aadhaar: strangersAadhaar, idempotencyKey: randomUUID() });
    expect(await check(input)).toEqual({ ...first, replayed: true });
  });

  it.each<[string, (input: AadhaarLinkInput) => Partial<AadhaarLinkInput>]>([
    ["number", () => ({ aadhaar: strangersAadhaar })],
    ["PAN", () => ({ pan: newPerson().pan })],
    ["consent", ({ consent }) => ({ consent: { ...consent, dataLifeDays: 31 } })],
  ])("is a CONFLICT with another %s", async (_what, change) => {
    const input = inputOf();
    await check(input);
    const changed = { ...input, ...change(input) };
    expect(await check(changed)).toMatchObject({
      linked: null,
      problem: { code: "CONFLICT", field: "idempotencyKey" },
      replayed: false,
    });
    expect(gate.count(input.pan, call)).toBe(1);
    if (changed.pan !== input.pan) expect(gate.count(changed.pan, call)).toBe(0);
  });

  it("is another one for another tenant", async () => {
    const input = inputOf();
    await check(input);
    const { data } = await service.ask(CheckAadhaarLinkDocument, { input }, { tenant: "broker" });
    expect(data?.checkAadhaarLink).toMatchObject({ linked: true, replayed: false });
  });

  it("makes one call for two requests at once", async () => {
    const input = inputOf();
    const results = await Promise.all([check(input), check(input)]);
    expect(results.map(({ replayed }) => replayed).toSorted()).toEqual([false, true]);
    expect(results.map(({ linked }) => linked)).toEqual([true, true]);
    expect(gate.count(input.pan, call)).toBe(1);
  });

  it("makes one call for two processes at once", async () => {
    const input = inputOf();
    const held = gate.hold(input.pan, call, "BEFORE");
    const first = check(input);
    await held.arrived;
    const second = check(input, other);
    held.release();
    expect(await Promise.all([first, second])).toMatchObject([
      { linked: true, replayed: false },
      { linked: true, replayed: true },
    ]);
    expect(gate.count(input.pan, call)).toBe(1);
  });
});

describe("a provider that fails", () => {
  it("is the problem, with its blame", async () => {
    expect(await check(inputOf({ pan: down }))).toMatchObject({
      linked: null,
      label: null,
      problem: { code: "PORTAL_UNAVAILABLE", blame: "PORTAL", provider: "KWIKID", retryable: true },
      replayed: false,
    });
  });

  it("is the same problem to a replay, without a second call", async () => {
    const input = inputOf({ pan: down });
    const before = gate.count(down, call);
    const { problem } = await check(input);
    expect(await check(input)).toEqual({ linked: null, label: null, problem, replayed: true });
    expect(gate.count(down, call)).toBe(before + 1);
  });
});

describe("after all of this, no Aadhaar number stands", () => {
  it("in any table", async () => {
    expect(sent.size).toBeGreaterThan(15);
    expect(sight([await everyRow(server.url)], sent)).toEqual([]);
  });

  it("in the log", () => {
    expect(service.log.join("")).toContain("CheckAadhaarLink");
    expect(sight([...service.log, ...other.log], sent)).toEqual([]);
  });

  it("in any event", () => {
    expect(mockEvents.join("")).toContain("uniqueaadhar");
    expect(sight(mockEvents, sent)).toEqual([]);
  });

  it("unless it is planted there, which is found", async () => {
    const [number] = sent.keys();
    await sql(server.url, "insert into aaygraph.keyring values ('planted', convert_to($1, 'UTF8'), '')", [number]);
    expect(sight([await everyRow(server.url)], sent)).toEqual([number]);
  });
});
