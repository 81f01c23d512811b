import { buildGraph } from "../../src/graph/schema";
import { sensitivePlaces } from "../../src/graph/authorization/sensitive";
import { askBy, roads, type Asked } from "../support/roads";
import { startTestService, type TestService } from "../support/service";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const secret = "CANARY-7f3b";
const payload = "{ replayed problem { code } session { id } }";

const inline: Record<string, Asked> = {
  "a password in an input": {
    query: `mutation { openSession(input: { pan: "ZZZPA1001A", password: "${secret}" }) ${payload} }`,
  },
  "a one-time password in an input": {
    query: `mutation { submitOtp(input: { sessionId: "ss_x", otp: "${secret}" }) ${payload} }`,
  },
  "an access token in an input": {
    query: `mutation ($otp: String!) { submitOtp(input: { sessionId: "x", otp: $otp, accessToken: "${secret}" }) ${payload} }`,
    variables: { otp: "123456" },
  },
  "an Aadhaar number in an input": {
    query: `mutation { checkAadhaarLink(input: { pan: "ZZZPA1001A", aadhaar: "${secret}" }) { linked } }`,
  },
  "a block of text": { query: `mutation { submitOtp(input: { sessionId: "ss_x", otp: """${secret}""" }) ${payload} }` },
  "a number": { query: `mutation { submitOtp(input: { sessionId: "ss_x", otp: 77317731 }) ${payload} }` },
  "a list": { query: `mutation { submitOtp(input: { sessionId: "ss_x", otp: ["${secret}"] }) ${payload} }` },
  "a fragment": {
    query: `mutation { ...Open } fragment Open on Mutation { openSession(input: { password: "${secret}" }) ${payload} }`,
  },
  "a default of a variable": {
    query: `mutation ($otp: String! = "${secret}") { submitOtp(input: { sessionId: "ss_x", otp: $otp }) ${payload} }`,
  },
  "a default of a whole input": {
    query: `mutation ($input: SubmitOtpInput = { sessionId: "ss_x", otp: "${secret}" }) { submitOtp(input: $input) ${payload} }`,
  },
  "a field that is misspelt": { query: `mutation { openSesion(input: { password: "${secret}" }) ${payload} }` },
  "an argument of a query": { query: `{ taxpayer(pan: "ZZZPA1001A", Password: "${secret}") { id } }` },
  "a directive": { query: `{ __typename @include(if: true, otp: "${secret}") }` },
};

describe.each(roads)("over %s, a secret within the text of an operation is refused", (road) => {
  it.each(Object.keys(inline))("as %s", async (name) => {
    const logged = service.log.length;
    const { status, data, errors } = await askBy(road, service, inline[name]!);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT", blame: "CALLER" } }]);
    expect(errors?.[0]?.message).toContain("as a variable only");
    expect(status).toBe(road === "WebSocket" ? undefined : 400);
    expect(JSON.stringify([errors, service.log.slice(logged)])).not.toMatch(new RegExp(`${secret}|77317731`));
  });
});

describe("by GET", () => {
  it.each<[string, Asked]>([
    [
      "a variable",
      { query: `mutation ($p: String!) { openSession(input: { password: $p }) ${payload} }`, variables: { p: secret } },
    ],
    [
      "a whole input",
      {
        query: `mutation ($input: SubmitOtpInput!) { submitOtp(input: $input) ${payload} }`,
        variables: { input: { sessionId: "ss_x", otp: secret } },
      },
    ],
    ["a variable that nobody uses", { query: "{ __typename }", variables: { a: [{ accessToken: secret }] } }],
  ])("a secret in %s is refused, for addresses are logged", async (_title, asked) => {
    const { status, errors } = await askBy("GET", service, asked);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain("by POST only");
    expect(JSON.stringify([errors, service.log])).not.toContain(secret);
  });
});

it.each(["POST", "WebSocket"] as const)("a secret in a variable is let in over %s", async (road) => {
  const { errors } = await askBy(road, service, {
    query: `mutation ($otp: String!) { submitOtp(input: { sessionId: "ss_none", otp: $otp }) ${payload} }`,
    variables: { otp: "123456" },
  });
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

it("a null in the place of a secret says nothing", async () => {
  const { errors } = await askBy("POST", service, {
    query: `mutation ($otp: String!) { submitOtp(input: { sessionId: "ss_none", otp: $otp, accessToken: null }) ${payload} }`,
    variables: { otp: "123456" },
  });
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

it.each([`mutation { submitOtp(input: { otp: "${secret}`, `{ a(b: "\\u${secret}") }`, `{ a "${secret}" }`])(
  "a document that cannot be parsed is not repeated: %s",
  async (query) => {
    for (const road of roads) {
      const { errors } = await askBy(road, service, { query });
      expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }]);
      expect(JSON.stringify([errors, service.log])).not.toMatch(/CANA|7f3b/);
    }
  },
);

describe("the schema's marks", () => {
  const places = sensitivePlaces(buildGraph().schema);
  const pathsOf = (kind: string, direction: string) =>
    places
      .filter((place) => place.kind === kind && place.direction === direction)
      .map(({ path }) => path)
      .sort();

  it("name every secret that goes in", () => {
    expect(pathsOf("SECRET", "in")).toEqual([
      "AadhaarLinkInput.aadhaar",
      "OpenSessionInput.password",
      "SubmitOtpInput.accessToken",
      "SubmitOtpInput.otp",
    ]);
  });

  it("name every argument that may tell who somebody is", () => {
    expect(pathsOf("PERSONAL", "in")).toEqual([
      "AadhaarLinkInput.idempotencyKey",
      "AadhaarLinkInput.pan",
      "ComplianceRunInput.idempotencyKey",
      "ComplianceRunInput.pans",
      "ComplianceRunInput.reference",
      "ConsentInput.reference",
      "CreateLinkInput.idempotencyKey",
      "CreateLinkInput.pan",
      "CreateLinkInput.returnUrl",
      "EraseTaxpayerInput.pan",
      "EraseTaxpayerInput.reason",
      "OpenSessionInput.idempotencyKey",
      "OpenSessionInput.pan",
      "Query.auditRecords.pan",
      "Query.consentRecords.pan",
      "Query.plan.pan",
      "Query.sessions.pan",
      "Query.taxpayer.pan",
      "Query.taxpayers.pans",
      "RevokeConsentInput.reason",
      "WebhookEndpointInput.idempotencyKey",
    ]);
  });

  it("name every field that tells who somebody is", () => {
    expect(pathsOf("PERSONAL", "out")).toEqual([
      "BankAccount.accountNumber",
      "ConsentReceipt.jws",
      "Profile.aadhaar",
      "Profile.address",
      "Profile.dateOfBirth",
      "Profile.email",
      "Profile.mobile",
      "Profile.name",
      "Taxpayer.pan",
    ]);
  });

  it("name the secrets that come out once: the address of a link, the secret of an endpoint", () => {
    expect(pathsOf("SECRET", "out")).toEqual(["Link.url", "WebhookEndpointPayload.secret"]);
  });
});
