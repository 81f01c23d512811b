import { createHmac } from "node:crypto";
import { manualClock } from "../../../src/kernel/clock";
import { eko } from "../../../src/providers/eko";
import { secretKey } from "../../../src/providers/eko/credentials";
import type { SimulatedRequest, Simulator } from "../../../src/providers/provider";
import { jumpingClock } from "../../../src/sandbox/clock";
import { createFaultBoard } from "../../../src/sandbox/faults";
import { openSandbox } from "../../../src/sandbox/host";
import { createPhone } from "../../../src/sandbox/phone";
import { createWorld } from "../../../src/sandbox/world";
import { credentialsOf } from "../../support/credentials";
import { documented } from "./replies";

const nowMs = Date.UTC(2026, 7, 1);
const now = String(nowMs);
const accessKey = "sandbox-access-key";
const minuteMs = 60_000;
const credentials = credentialsOf(eko.settings.sandbox);
const simulate = simulateAt(nowMs);

function simulateAt(atMs: number, faults = createFaultBoard()): Simulator {
  const clock = manualClock(atMs);
  const baseUrl = () => new URL("http://127.0.0.1/");
  return eko.simulate(createWorld("EKO", { clock, credentials, baseUrl, phone: createPhone(clock), faults }));
}

const signed = (timestamp: string) => ({
  "secret-key-timestamp": timestamp,
  "secret-key": secretKey(accessKey, timestamp),
});
const goodHeaders = { "content-type": "application/json", developer_key: "sandbox-developer-key", ...signed(now) };

interface Changes extends Partial<Omit<SimulatedRequest, "body">> {
  readonly body?: unknown;
}

function ask({ headers, body, ...changes }: Changes = {}) {
  return simulate({
    method: "POST",
    path: "/tools/kyc/touras/itr-compliance",
    query: new URLSearchParams(),
    headers: { ...goodHeaders, ...headers },
    body:
      typeof body === "string"
        ? body
        : JSON.stringify(body ?? { initiator_id: "9000000000", pan_number: "ABCDE1234F" }),
    ...changes,
  });
}

function askAt(atMs: number, pan: string) {
  const body = JSON.stringify({ initiator_id: "9000000000", pan_number: pan });
  const path = "/tools/kyc/touras/itr-compliance";
  const headers = { ...goodHeaders, ...signed(String(atMs)) };
  return simulateAt(atMs)({ method: "POST", path, query: new URLSearchParams(), headers, body });
}

const askAbout = (pan: unknown) => ask({ body: { initiator_id: "9000000000", pan_number: pan } });

describe("the signature that the simulator demands", () => {
  const hmac = (key: string | Buffer) => createHmac("sha256", key).update(now);
  const encodedKey = Buffer.from(accessKey).toString("base64");
  const good = secretKey(accessKey, now);

  it.each<[string, Record<string, string | undefined>]>([
    ["no signature", { "secret-key": undefined }],
    ["no timestamp", { "secret-key-timestamp": undefined }],
    ["no developer key", { developer_key: undefined }],
    ["another developer key", { developer_key: "another" }],
    ["a timestamp in seconds", signed(now.slice(0, 10))],
    ["another timestamp than was signed", { "secret-key-timestamp": String(nowMs + 1) }],
    ["a clock that is more than five minutes slow", signed(String(nowMs - 5 * minuteMs - 1))],
    ["a clock that is more than five minutes fast", signed(String(nowMs + 5 * minuteMs + 1))],
    ["the access key decoded", { "secret-key": hmac(accessKey).digest("base64") }],
    ["a digest in hex", { "secret-key": hmac(encodedKey).digest("hex") }],
    ["a digest in the alphabet of URLs", { "secret-key": hmac(encodedKey).digest("base64url") }],
    ["another access key", { "secret-key": secretKey("another", now) }],
    ["letters beyond ASCII", { "secret-key": "é".repeat(good.length) }],
  ])("refuses %s", async (_mistake, headers) => {
    expect(await ask({ headers })).toMatchObject({ status: 403, body: documented.unauthorized });
  });

  it.each([nowMs - 5 * minuteMs, nowMs + 5 * minuteMs])("bears a clock at the edge: %d", async (timestampMs) => {
    expect((await ask({ headers: signed(String(timestampMs)) })).status).toBe(200);
  });
});

describe("a request that the simulator does not understand", () => {
  it("is 404 on another path", async () => {
    expect((await ask({ path: "/tools/kyc/pan-lite" })).status).toBe(404);
  });

  it("is 405 by another method", async () => {
    expect(await ask({ method: "GET" })).toEqual({ status: 405 });
  });

  it.each(["text/plain", undefined])("is 415 with the content type %p", async (contentType) => {
    expect(await ask({ headers: { "content-type": contentType } })).toEqual({ status: 415 });
  });

  it.each(["", "{", "null", "[]", { pan_number: "ABCDE1234F" }])("lacks the initiator in %j", async (body) => {
    expect(await ask({ body })).toMatchObject({
      status: 200,
      body: { status: 461, response_type_id: -1, invalid_params: { initiator_id: "required" } },
    });
  });

  it("comes from an unknown initiator", async () => {
    expect(await ask({ body: { initiator_id: "1", pan_number: "ABCDE1234F" } })).toMatchObject({
      status: 200,
      body: { status: 319, message: "Invalid initiator_id" },
    });
  });

  it("lacks the PAN", async () => {
    expect(await ask({ body: { initiator_id: "9000000000" } })).toEqual({ status: 400, body: documented.panMissing });
  });

  it.each(["abcde1234f", "ABCDE1234", "ABCDE1234FF", " ABCDE1234F", "", 42, null])(
    "asks about %j, which is no PAN",
    async (pan) => {
      expect(await askAbout(pan)).toEqual({ status: 200, body: documented.badPan });
    },
  );
});

describe("the vendor's own switch", () => {
  const force = (scenario: string) => ask({ query: new URLSearchParams({ eps_scenario: scenario }) });

  it.each<[string, object]>([
    ["463", documented.noRecord],
    ["1", documented.badPan],
  ])("forces the documented refusal %s", async (scenario, body) => {
    expect(await force(scenario)).toEqual({ status: 200, body });
  });

  it.each(["319", "346", "347", "945", "1297"])("forces code %s of our own account", async (scenario) => {
    expect(await force(scenario)).toMatchObject({ body: { status: Number(scenario) } });
  });

  it.each(["0", "", "9999"])("changes nothing by %j", async (scenario) => {
    expect(await force(scenario)).toEqual({ status: 200, body: documented.filed });
  });
});

describe("a vendor's clock that is an hour ahead", () => {
  it("refuses what was signed now", async () => {
    const faults = createFaultBoard();
    faults.post({ vendor: "EKO", operation: "*", fault: "CLOCK_SKEW" });
    const simulateSkewed = simulateAt(nowMs, faults);
    const body = JSON.stringify({ initiator_id: "9000000000", pan_number: "ABCDE1234F" });
    const path = "/tools/kyc/touras/itr-compliance";
    const reply = await simulateSkewed({
      method: "POST",
      path,
      query: new URLSearchParams(),
      headers: goodHeaders,
      body,
    });
    expect(reply.status).toBe(403);
  });
});

describe("what the simulator knows", () => {
  it("is the documented sample, word for word", async () => {
    expect(await askAbout("ABCDE1234F")).toEqual({ status: 200, body: documented.filed });
  });

  it("is a person who has not filed", async () => {
    expect(await askAbout("ZZZPA1002B")).toMatchObject({
      body: {
        ...documented.notFiled,
        data: { pan_number: "ZZZPA1002B", itr_filed: false, filing_status: "Not Filed" },
      },
    });
  });

  it.each(["ZZZPA1003C", "AAAPA1234C"])("is nothing about %s", async (pan) => {
    expect(await askAbout(pan)).toEqual({ status: 200, body: documented.noRecord });
  });

  it("is nothing while the source is down", async () => {
    expect(await askAbout("ZZZPA1004D")).toEqual({ status: 200, body: documented.sourceDown });
  });

  it.each([
    ["ZZZPA1001A", { itr_filed: true, compliance_status: "Compliant", filing_status: "Filed" }],
    ["ZZZPA1005E", { itr_filed: true, compliance_status: "Pending", filing_status: "Under Processing" }],
    ["ZZZPA1006F", { itr_filed: true, compliance_status: "Non-Compliant", filing_status: "Defective" }],
    ["ZZZPQ9999Z", { itr_filed: true, compliance_status: "Compliant", filing_status: "Filed" }],
  ])("is the filing of %s, once the Department is through with those of the last days", async (pan, data) => {
    const answered = await askAt(Date.UTC(2026, 9, 1), pan);
    expect(answered).toMatchObject({ status: 200, body: { status: 0, data: { pan_number: pan, ...data } } });
  });

  it.each([
    [Date.UTC(2026, 6, 31), "2025-26"],
    [Date.UTC(2026, 7, 1), "2026-27"],
    [Date.UTC(2027, 0, 1), "2026-27"],
  ])("is of the latest year that was due at %d", async (atMs, assessmentYear) => {
    const answered = await askAt(atMs, "ZZZPA1001A");
    expect(answered).toMatchObject({ body: { data: { assessment_year: assessmentYear } } });
  });
});

describe("the sandbox", () => {
  it("plays Eko on loopback under its own path", async () => {
    await using sandbox = await openSandbox([{ provider: eko, credentials }], jumpingClock(manualClock(nowMs)));
    const address = sandbox.baseUrl(eko);
    expect(address.hostname).toBe("127.0.0.1");
    const response = await fetch(`${address.href}/tools/kyc/touras/itr-compliance`, {
      method: "POST",
      headers: goodHeaders,
      body: JSON.stringify({ initiator_id: "9000000000", pan_number: "ABCDE1234F" }),
    });
    expect(await response.json()).toEqual(documented.filed);
  });
});
