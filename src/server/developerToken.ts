import { SignJWT } from "jose";
import type { Clock } from "../kernel/clock";
import { Secret } from "../kernel/secret";

export interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly tenant: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly lifeSeconds: number;
}

/** Signs a token as this service itself would believe it: for the sandbox and for the `token` command. */
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
