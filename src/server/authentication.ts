import { hash } from "node:crypto";
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import type { Access } from "../graph/access";
import type { Clock } from "../kernel/clock";
import { Fault } from "../kernel/fault";
import type { Secret } from "../kernel/secret";

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

export function createAuthentication({ issuer, audience, trust }: AuthenticationSettings, clock: Clock): Authenticate {
  const verifyWith = keyOf(trust);
  const believed = new Map<string, { access: Access; untilMs: number }>();

  async function verify(token: string, tokenHash: string): Promise<Access> {
    const { payload } = await verifyWith(token, { issuer, audience, currentDate: new Date(clock.now()) });
    const { tenant, sub, scope, exp } = payload;
    if (typeof tenant !== "string" || tenant === "" || typeof sub !== "string" || exp === undefined) {
      throw new Fault("UNAUTHENTICATED", { note: "a claim is missing" });
    }
    const scopes = new Set(typeof scope === "string" ? scope.split(" ") : []);
    const access: Access = { tenant, subject: sub, scopes };
    if (believed.size >= mostBelieved) believed.clear();
    believed.set(tokenHash, { access, untilMs: Math.min(exp * 1_000, clock.now() + believedForMs) });
    return access;
  }

  return (authorization) => {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw new Fault("UNAUTHENTICATED");
    const tokenHash = hash("sha256", token, "base64url");
    const known = believed.get(tokenHash);
    if (known && known.untilMs > clock.now()) return known.access;
    return verify(token, tokenHash).catch((thrown: unknown) => {
      throw refusalOf(thrown);
    });
  };
}

interface VerifyOptions {
  issuer: string;
  audience: string;
  currentDate: Date;
}

function keyOf(trust: TokenTrust) {
  if (trust.kind === "secret") {
    const value = trust.secret.reveal();
    const key = typeof value === "string" ? Buffer.from(value, "utf8") : value;
    return (token: string, options: VerifyOptions) => jwtVerify(token, key, { ...options, algorithms: ["HS256"] });
  }
  const keys: JWTVerifyGetKey = createRemoteJWKSet(trust.url);
  const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];
  return (token: string, options: VerifyOptions) => jwtVerify(token, keys, { ...options, algorithms });
}

/** A token that fails its check is the caller's; an issuer that cannot be reached is not. */
function refusalOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const isOurs =
    thrown instanceof errors.JWKSTimeout ||
    thrown instanceof errors.JWKSInvalid ||
    !(thrown instanceof errors.JOSEError);
  return new Fault(isOurs ? "INTERNAL" : "UNAUTHENTICATED", { cause: thrown });
}
