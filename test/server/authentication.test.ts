import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { manualClock } from "../../src/kernel/clock";
import { Secret } from "../../src/kernel/secret";
import { createAuthentication, signToken } from "../../src/server/tokens";

const issuer = "https://issuer.example";
const audience = "aaygraph";
const secret = new Secret<string>("a secret that is long enough for HS256");
const startMs = Date.UTC(2026, 10, 21);
const wish = { issuer, audience, tenant: "lender", subject: "loans", scopes: ["compliance:read"], lifeSeconds: 600 };

function signedBySecret() {
  const clock = manualClock(startMs);
  const authenticate = createAuthentication({ issuer, audience, trust: { kind: "secret", secret } }, clock);
  return { clock, authenticate: async (header?: string) => authenticate(header) };
}

async function bearer(changes: Partial<typeof wish> = {}, key = secret): Promise<string> {
  return `Bearer ${(await signToken(key, { ...wish, ...changes }, manualClock(startMs))).reveal()}`;
}

describe("a token signed with the shared secret", () => {
  it("tells who calls, for whom, with which scopes", async () => {
    const { authenticate } = signedBySecret();
    expect(await authenticate(await bearer())).toEqual({
      tenant: "lender",
      subject: "loans",
      scopes: new Set(["compliance:read"]),
      expiresAtMs: startMs + 600_000,
    });
  });

  it("is believed until it expires", async () => {
    const { authenticate, clock } = signedBySecret();
    const token = await bearer({ lifeSeconds: 30 });
    await authenticate(token);
    clock.advance(29_000);
    await expect(authenticate(token)).resolves.toBeDefined();
    clock.advance(2_000);
    await expect(authenticate(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it.each([
    ["nothing at all", () => undefined],
    ["another scheme", () => "Basic abc"],
    ["no token", () => "Bearer not.a.token"],
    ["another secret", () => bearer({}, new Secret<string>("another secret, long enough for HS256"))],
    ["another issuer", () => bearer({ issuer: "https://other.example" })],
    ["another audience", () => bearer({ audience: "other" })],
    ["no tenant", () => bearer({ tenant: "" })],
    ["a signature cut off", async () => (await bearer()).replace(/[^.]+$/, "")],
  ])("is refused when there is %s", async (_title, header) => {
    const { authenticate } = signedBySecret();
    await expect(authenticate(await header())).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("is refused when it names no algorithm", async () => {
    const { authenticate } = signedBySecret();
    const [, payload = ""] = (await bearer()).split(".");
    const header = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    await expect(authenticate(`Bearer ${header}.${payload}.`)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe("a token signed by an issuer that publishes its keys", () => {
  it("is believed when one of them signed it", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "one", alg: "ES256" }] };
    const server = createServer((_request, response) => response.end(JSON.stringify(keys)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
      const authenticate = createAuthentication(
        { issuer, audience, trust: { kind: "jwks", url } },
        manualClock(startMs),
      );
      const token = await new SignJWT({ tenant: "lender", scope: "" })
        .setProtectedHeader({ alg: "ES256", kid: "one" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject("loans")
        .setExpirationTime(startMs / 1_000 + 60)
        .sign(privateKey);
      await expect(Promise.resolve(authenticate(`Bearer ${token}`))).resolves.toMatchObject({ tenant: "lender" });
      await expect(Promise.resolve(authenticate(await bearer()))).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("is our own failure when the issuer cannot be reached", async () => {
    const url = new URL("http://127.0.0.1:1/keys");
    const authenticate = createAuthentication({ issuer, audience, trust: { kind: "jwks", url } }, manualClock(startMs));
    const header = Buffer.from(JSON.stringify({ alg: "ES256", kid: "one" })).toString("base64url");
    const token = `Bearer ${header}.${Buffer.from("{}").toString("base64url")}.c2ln`;
    await expect(Promise.resolve(authenticate(token))).rejects.toMatchObject({ code: "INTERNAL" });
  });
});
