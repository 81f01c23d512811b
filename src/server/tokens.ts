import { hash } from "node:crypto";
import {
  errors,
  jwtVerify,
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JWTVerifyGetKey,
  SignJWT,
} from "jose";
import { LRUCache } from "lru-cache";
import type { IncomingMessage } from "node:http";
import type { Access } from "../graph";
import { type Clock, Fault, Secret } from "../kernel";

/** After a failure, the issuer is not asked for this long. */
const restMs = 5_000;

/**
 * The keys that an issuer publishes. They are kept for ten minutes; a token that names another one has them fetched again,
 * though twice a minute at most, and all who wait for them wait for one fetch.
 */
function issuerKeys(url: URL, clock: Pick<Clock, "now">): JWTVerifyGetKey {
  return createRemoteJWKSet(url, { cacheMaxAge: 600_000, cooldownDuration: 30_000, [customFetch]: resting(clock) });
}

/** Protects an issuer that is down from requests for its keys. */
function resting(clock: Pick<Clock, "now">): FetchImplementation {
  let failedAtMs = -Infinity;
  return async (url, options) => {
    if (clock.now() < failedAtMs + restMs) throw new Error("the issuer of tokens has failed a moment ago");
    try {
      const response = await fetch(url, options);
      if (response.status !== 200) throw new Error(`the issuer of tokens answers ${response.status}`);
      return response;
    } catch (thrown) {
      failedAtMs = clock.now();
      throw thrown;
    }
  };
}

/** Whose signatures count: one shared secret, or the keys that an issuer publishes. */
export type TokenTrust =
  { readonly kind: "secret"; readonly secret: Secret<string | Buffer> } | { readonly kind: "jwks"; readonly url: URL };

interface AuthenticationSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly trust: TokenTrust;
}

/** Reads the caller from an Authorization header, or throws UNAUTHENTICATED. */
export type Authenticate = (authorization: string | undefined) => Promise<Access> | Access;

/** A verified token is cached for this long, so that a withdrawn key takes effect within a minute. */
const believedForMs = 60_000;
const mostBelieved = 1_000;
/** Our tokens have some hundred characters; verifying longer ones would only cost time. */
const longestToken = 8_192;

export function createAuthentication({ issuer, audience, trust }: AuthenticationSettings, clock: Clock): Authenticate {
  // No tolerance: the issuer's clock and ours must agree to the second.
  const claims = { issuer, audience, requiredClaims: ["exp", "sub"], clockTolerance: 0 };
  const verifyWith = keyOf(trust, clock);
  const accessByHash = new LRUCache<string, Access>({
    max: mostBelieved,
    ttl: believedForMs,
    ttlResolution: 0,
    perf: clock,
  });

  async function verify(token: string, tokenHash: string): Promise<Access> {
    const { payload } = await verifyWith(token, { ...claims, currentDate: new Date(clock.now()) });
    const { tenant, sub, scope, exp } = payload;
    if (!isName(tenant) || !isName(sub) || exp === undefined) {
      throw new Fault("UNAUTHENTICATED", { note: "a claim is missing" });
    }
    const scopes = new Set(typeof scope === "string" ? scope.split(" ") : []);
    const access: Access = { tenant, subject: sub, scopes, expiresAtMs: exp * 1_000 };
    const ttl = Math.floor(Math.min(access.expiresAtMs - clock.now(), believedForMs));
    if (ttl > 0) accessByHash.set(tokenHash, access, { ttl });
    return access;
  }

  return (authorization) => {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined || token.length > longestToken) throw new Fault("UNAUTHENTICATED");
    const tokenHash = hash("sha256", token, "base64url");
    const known = accessByHash.get(tokenHash);
    if (known) return known;
    return verify(token, tokenHash).catch((thrown: unknown) => {
      throw refusalOf(thrown);
    });
  };
}

/** A claim may hold anything that JSON can. */
function isName(claim: unknown): claim is string {
  return typeof claim === "string" && claim !== "";
}

interface VerifyOptions {
  issuer: string;
  audience: string;
  requiredClaims: string[];
  clockTolerance: number;
  currentDate: Date;
}

/** The algorithms are ours to choose, never the token's: a public key must not come to count as a shared secret. */
function keyOf(trust: TokenTrust, clock: Clock) {
  if (trust.kind === "secret") {
    const value = trust.secret.reveal();
    const key = typeof value === "string" ? Buffer.from(value, "utf8") : value;
    return (token: string, options: VerifyOptions) => jwtVerify(token, key, { ...options, algorithms: ["HS256"] });
  }
  const keys = issuerKeys(trust.url, clock);
  const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];
  return (token: string, options: VerifyOptions) => jwtVerify(token, keys, { ...options, algorithms });
}

/** No keys in time, none in the answer, or an answer that is no JSON. */
const issuersFailures = [errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code];

/** A token that fails its check is the caller's; an issuer that cannot be reached is not. */
function refusalOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const isOurs = !(thrown instanceof errors.JOSEError) || issuersFailures.includes(thrown.code);
  return new Fault(isOurs ? "INTERNAL" : "UNAUTHENTICATED", { cause: thrown });
}

/** Two Authorization headers count as none: proxies differ in which of them they read. */
export function authorizationOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  const names = rawHeaders.filter((_text, at) => at % 2 === 0);
  return names.filter(isAuthorization).length > 1 ? undefined : headers.authorization;
}

function isAuthorization(name: string): boolean {
  return name.length === "authorization".length && name.toLowerCase() === "authorization";
}

interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly tenant: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly lifeSeconds: number;
}

/** Signs a token that this service accepts: for the sandbox and for the `token` command. */
export async function signToken(key: Secret<string | Buffer>, claims: TokenClaims, clock: Clock): Promise<Secret> {
  const issuedAt = Math.floor(clock.now() / 1_000);
  const value = key.reveal();
  const token = await new SignJWT({ tenant: claims.tenant, scope: claims.scopes.join(" ") })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject(claims.subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + claims.lifeSeconds)
    .sign(typeof value === "string" ? Buffer.from(value, "utf8") : value);
  return new Secret(token);
}
