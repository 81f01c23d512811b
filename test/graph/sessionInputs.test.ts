import { WatchSessionDocument, type OpenSessionInput } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";
import { codesOf, open, openInput, subscribe } from "../support/sessionCaller";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const openOperation = "mutation ($input: OpenSessionInput!) { openSession(input: $input) { replayed } }";
const submitOperation = "mutation ($input: SubmitOtpInput!) { submitOtp(input: $input) { replayed } }";
const canary = "CANARY";
const password = `${canary}-password`;

function withConsent(changes: Partial<OpenSessionInput["consent"]>): Partial<OpenSessionInput> {
  return { consent: { ...openInput().consent, ...changes } };
}

describe("a session that makes no sense", () => {
  it.each<[string, Partial<OpenSessionInput>, string]>([
    ["a PAN that is none", { pan: canary }, "pan"],
    ["an empty password", { password: "" }, "password"],
    ["no documents", { documents: [] }, "documents"],
    ["no years", { years: 0 }, "years"],
    ["more years than seven", { years: 8 }, "years"],
    ["an empty key", { idempotencyKey: "" }, "idempotencyKey"],
    ["a key that is too long", { idempotencyKey: canary.repeat(34) }, "idempotencyKey"],
    ["data that lives no day", withConsent({ dataLifeDays: 0 }), "consent.dataLifeDays"],
    ["data that lives longer than ten years", withConsent({ dataLifeDays: 3_651 }), "consent.dataLifeDays"],
    ["a consent for no fetch", withConsent({ maxFetches: 0 }), "consent.maxFetches"],
    ["a consent that ends before it begins", withConsent({ expiresAt: "2020-01-01T00:00:00Z" }), "consent.expiresAt"],
  ])("because of %s is refused by the name of the field", async (_title, changes, field) => {
    const answer = await service.ask(openOperation, { input: openInput({ password, ...changes }) });
    expect(answer.data).toBeNull();
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", blame: "CALLER", field });
    expect(JSON.stringify([answer, service.log])).not.toContain(canary);
  });

  it.each(["yesterday", "2026-02-30T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00"])(
    "because its consent begins at %s never becomes an operation",
    async (startsAt) => {
      const answer = await service.ask(openOperation, { input: openInput({ password, ...withConsent({ startsAt }) }) });
      expect(codesOf(answer.errors)).toEqual(["BAD_USER_INPUT"]);
      expect(JSON.stringify([answer, service.log])).not.toContain(canary);
    },
  );
});

it.each(["", "123", "123456789", "12 34", "12345a", canary])(
  "a one-time password of %p is refused before anybody is asked",
  async (otp) => {
    const answer = await service.ask(submitOperation, { input: { sessionId: "ss_none", otp } });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field: "otp" });
    expect(JSON.stringify([answer, service.log])).not.toContain(canary);
  },
);

it("an instant of another offset is understood", async () => {
  const startsAt = "2026-01-01T05:30:00+05:30";
  const { data } = await service.ask(
    "mutation ($input: OpenSessionInput!) { openSession(input: $input) { session { consent { startsAt } } } }",
    { input: openInput(withConsent({ startsAt })) },
  );
  expect(data).toEqual({ openSession: { session: { consent: { startsAt: "2026-01-01T00:00:00.000Z" } } } });
});

describe("without the scope it needs", () => {
  const allBut = (...lacking: string[]) => ({
    scopes: ["income:read", "compliance:read", "session:write", "subject:erase", "audit:read"].filter(
      (scope) => !lacking.includes(scope),
    ),
  });

  it.each([
    ["openSession", openOperation, { input: openInput() }],
    ["submitOtp", submitOperation, { input: { sessionId: "ss_none", otp: "123456" } }],
    ["resendOtp", 'mutation { resendOtp(input: { sessionId: "ss_none" }) { replayed } }', {}],
    ["closeSession", 'mutation { closeSession(input: { sessionId: "ss_none" }) { replayed } }', {}],
    ["revokeConsent", 'mutation { revokeConsent(input: { consentId: "none" }) { consent { id } } }', {}],
    ["session", '{ session(id: "ss_none") { id } }', {}],
    ["sessions", "{ sessions { nodes { id } } }", {}],
    ["node", '{ node(id: "ss_none") { id } }', {}],
  ])("%s is refused", async (_name, operation, variables) => {
    const { errors } = await service.ask(operation, variables, allBut("session:write"));
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining("session:write") as string,
      extensions: { code: "FORBIDDEN" },
    });
  });

  it("eraseTaxpayer is refused", async () => {
    const operation = 'mutation { eraseTaxpayer(input: { pan: "ZZZPA1001A", reason: "" }) { receipt { id } } }';
    const { errors } = await service.ask(operation, {}, allBut("subject:erase"));
    expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
  });

  it("consentRecords is refused", async () => {
    const { errors } = await service.ask("{ consentRecords { nodes { id } } }", {}, allBut("audit:read"));
    expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
  });
});

it("a session is not shown to a watcher without the scope it needs", async () => {
  const { id } = await open(service, openInput());
  for await (const { data, errors } of subscribe(service, WatchSessionDocument, { id }, { scopes: ["income:read"] })) {
    expect(data).toBeFalsy();
    expect(codesOf(errors)).toEqual(["FORBIDDEN"]);
  }
  expect.hasAssertions();
});

it("a subscription that comes over HTTP is told where to go", async () => {
  const { errors } = await service.ask('subscription { sessionChanged(id: "ss_none") { id } }');
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining("WebSocket") as string,
    extensions: { code: "BAD_INPUT" },
  });
});
