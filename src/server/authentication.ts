import { hash } from "node:crypto";
import { errors, jwtVerify } from "jose";
import type { Access } from "../graph/access";
import type { Clock } from "../kernel/clock";
import { Fault } from "../kernel/fault";
import type { Secret } from "../kernel/secret";
import { issuerKeys } from "./issuerKeys";

/** Whose signatures count: one shared secret, or the keys that an issuer publishes. */
export type TokenTrust =
  { readonly kind: "secret"; readonly secret: Secret<string | Buffer> } | { readonly kind: "jwks"; readonly url: URL };

export interface AuthenticationSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly trust: TokenTrust;
}

/** Turns an Authorization header into who calls, or throws UNAUTHENTICATED. */
export type Authenticate = (authorization: string | undefined) => Promise<Access> | Access;

/** A verified token is believed again without a second look for this long, so that a withdrawn key is soon felt. */
const believedForMs = 60_000;
const mostBelieved = 1_000;
/** Ours have some hundreds; whatever is longer is not worth its arithmetic. */
const longestToken = 8_192;

export function createAuthentication({ issuer, audience, trust }: AuthenticationSettings, clock: Clock): Authenticate {
  // A token has ended, or not yet begun, to the second: whoever issues them keeps the same time as we do.
  const claims = { issuer, audience, requiredClaims: ["exp", "sub"], clockTolerance: 0 };
  const verifyWith = keyOf(trust, clock);
  const believed = new Map<string, { access: Access; untilMs: number }>();

  async function verify(token: string, tokenHash: string): Promise<Access> {
    const { payload } = await verifyWith(token, { ...claims, currentDate: new Date(clock.now()) });
    const { tenant, sub, scope, exp } = payload;
    if (!isName(tenant) || !isName(sub) || exp === undefined) {
      throw new Fault("UNAUTHENTICATED", { note: "a claim is missing" });
    }
    const scopes = new Set(typeof scope === "string" ? scope.split(" ") : []);
    const access: Access = { tenant, subject: sub, scopes, expiresAtMs: exp * 1_000 };
    if (believed.size >= mostBelieved) believed.clear();
    believed.set(tokenHash, { access, untilMs: Math.min(exp * 1_000, clock.now() + believedForMs) });
    return access;
  }

  return (authorization) => {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined || token.length > longestToken) throw new Fault("UNAUTHENTICATED");
    const tokenHash = hash("sha256", token, "base64url");
    const known = believed.get(tokenHash);
    if (known && known.untilMs > clock.now()) return known.access;
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
