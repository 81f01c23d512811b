import { request } from "node:http";
import { exportSPKI, importJWK, SignJWT, type CryptoKey } from "jose";
import { startTestService, type TestService } from "../support/service";
import {
  audience,
  claims,
  issuer,
  newKey,
  openStandInIssuer,
  signed,
  type SigningKey,
  type StandInIssuer,
} from "./issuer";

let key: SigningKey;
let standIn: StandInIssuer;
let service: TestService;
let aheadMs = 0;
const systemNow = Date.now.bind(Date);

beforeAll(async () => {
  jest.spyOn(Date, "now").mockImplementation(() => systemNow() + aheadMs);
  key = await newKey("one");
  standIn = await openStandInIssuer([key]);
  service = await startTestService({
    AAY_JWT_ISSUER: issuer,
    AAY_JWT_AUDIENCE: audience,
    AAY_JWKS_URL: new URL("keys", standIn.url).href,
  });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  jest.restoreAllMocks();
});

async function ask(token: string) {
  const response = await fetch(`${service.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "{ providers { id } }" }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: errors?.[0]?.extensions.code, headers: response.headers };
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The header says something else than what the signature was made for. */
function withHeader(token: string, changes: object): string {
  const [header = "", ...rest] = token.split(".");
  const { alg, kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as Record<string, string>;
  return [base64url({ alg, kid, ...changes }), ...rest].join(".");
}

/** Signed by the public key as if it were a shared secret. */
async function signedByPublicKey(bytesOf: (publicKey: CryptoKey) => Promise<string>): Promise<string> {
  const publicKey = (await importJWK({ ...key.publicJwk, ext: true }, "RS256", { extractable: true })) as CryptoKey;
  const secret = Buffer.from(await bytesOf(publicKey));
  return new SignJWT(claims()).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret);
}

const nowSeconds = () => Math.floor(Date.now() / 1_000);

it("a token of the issuer is believed", async () => {
  expect(await ask(await signed(key))).toMatchObject({ status: 200, code: undefined });
});

describe("a token is refused", () => {
  it.each<[string, () => Promise<string> | string]>([
    ["that has ended", () => signed(key, { exp: nowSeconds() - 1 })],
    ["that never ends", () => signed(key, { exp: undefined })],
    ["that has not begun", () => signed(key, { nbf: nowSeconds() + 60 })],
    ["of another issuer", () => signed(key, { iss: "https://other.example" })],
    ["for somebody else", () => signed(key, { aud: "other" })],
    ["of nobody", () => signed(key, { sub: undefined })],
    ["of nobody in particular", () => signed(key, { sub: "" })],
    ["of somebody who is no text", () => signed(key, { sub: { $ne: "" } })],
    ["for no tenant", () => signed(key, { tenant: undefined })],
    ["for a tenant that is no text", () => signed(key, { tenant: { $ne: "" } })],
    ["that names no algorithm", async () => withHeader(await signed(key), { alg: "none" })],
    ["that is not signed", () => `${base64url({ alg: "none" })}.${base64url(claims())}.`],
    ["that names another algorithm", async () => withHeader(await signed(key), { alg: "PS256" })],
    ["signed by the public key as a secret", () => signedByPublicKey(exportSPKI)],
    [
      "signed by the published text as a secret",
      () => signedByPublicKey(() => Promise.resolve(JSON.stringify(key.publicJwk))),
    ],
    ["with a condition that nobody knows", async () => withHeader(await signed(key), { crit: ["b64"], b64: false })],
    ["with an extension that nobody knows", async () => withHeader(await signed(key), { crit: ["x"], x: 1 })],
    ["whose claims are another's", async () => replaced(await signed(key), base64url(claims({ tenant: "other" })))],
    ["that is longer than any", () => signed(key, { padding: "x".repeat(9_000) })],
  ])("%s", async (_title, token) => {
    const { status, code, headers } = await ask(await token());
    expect({ status, code }).toEqual({ status: 401, code: "UNAUTHENTICATED" });
    expect(headers.get("www-authenticate")).toBe("Bearer");
  });

  it.each(["jwk", "jku", "x5u"])("that brings its own key along as %s", async (name) => {
    const own = await newKey("one");
    const stranger = await openStandInIssuer([own]);
    const header = { [name]: name === "jwk" ? own.publicJwk : stranger.url.href };
    expect(await ask(await signed(own, {}, header))).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(stranger.fetches).toBe(0);
    await stranger[Symbol.asyncDispose]();
  });

  it("that comes beside another", async () => {
    const token = `Bearer ${await signed(key)}`;
    const status = await new Promise((resolve, reject) => {
      const headers = ["Host", "localhost", "Authorization", token, "authorization", "Bearer other"];
      const asking = request(`${service.url}/graphql?query=%7B__typename%7D`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asking.once("error", reject).end();
    });
    expect(status).toBe(401);
  });
});

function replaced(token: string, payload: string): string {
  const [header, , signature] = token.split(".");
  return [header, payload, signature].join(".");
}

describe("the issuer's keys", () => {
  const unknown = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => signed({ ...key, kid: `unknown ${at}` })));

  /** Past the time for which nobody asks again. */
  beforeEach(() => {
    aheadMs += 31_000;
  });

  it("are fetched anew for a token that names a new one", async () => {
    const newer = await newKey("two");
    standIn.keys = [key, newer];
    expect(await ask(await signed(newer))).toMatchObject({ status: 200 });
  });

  it("are fetched once for a storm of tokens that name unknown ones", async () => {
    await ask(await signed(key));
    const before = standIn.fetches;
    const tokens = await unknown(50);
    const answers = await Promise.all(tokens.map(ask));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(["UNAUTHENTICATED"]));
    expect(standIn.fetches).toBe(before + 1);
  });

  it("are not asked for again and again while the issuer is down", async () => {
    await ask(await signed(key));
    const { keys, fetches } = standIn;
    standIn.keys = undefined;
    for (const token of await unknown(10)) expect(await ask(token)).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(standIn.fetches).toBe(fetches + 1);
    standIn.keys = keys;
  });

  it("that are known are believed while the issuer is down", async () => {
    await ask(await signed(key));
    const { keys } = standIn;
    standIn.keys = undefined;
    expect(await ask(await signed(key, { jti: "another" }))).toMatchObject({ status: 200 });
    standIn.keys = keys;
  });

  it("that are withdrawn are believed for eleven minutes at most", async () => {
    const newer = await newKey("three");
    const { keys } = standIn;
    standIn.keys = [newer];
    aheadMs += 11 * 60_000;
    expect(await ask(await signed(key))).toMatchObject({ code: "UNAUTHENTICATED" });
    standIn.keys = keys;
    aheadMs += 31_000;
  });
});
