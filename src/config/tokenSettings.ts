import { Secret } from "../kernel";
import { readHttpUrl, type Environment, isWeakKey, requireTls } from "./environment";

/** Whose access tokens are believed. */
export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  /** `local`: the sandbox signs its own developer token with a secret that its data dir keeps. */
  readonly trust:
    | { readonly kind: "local" }
    | { readonly kind: "secret"; readonly secret: Secret }
    | { readonly kind: "jwks"; readonly url: URL };
}

export function readTokenSettings(environment: Environment, { live }: { live: boolean }): TokenSettings {
  const issuer = environment.text("AAY_JWT_ISSUER");
  const audience = environment.text("AAY_JWT_AUDIENCE");
  const trust = readTrust(environment);
  if (live) {
    if (issuer === undefined) environment.complain("AAY_JWT_ISSUER is missing.");
    if (audience === undefined) environment.complain("AAY_JWT_AUDIENCE is missing.");
    if (trust.kind === "local") environment.complain("AAY_JWKS_URL or AAY_JWT_SECRET is missing.");
    if (trust.kind === "secret") {
      const secret = Buffer.from(trust.secret.reveal());
      if (secret.length < 32) environment.complain("AAY_JWT_SECRET is too short: it needs 32 bytes or more.");
      else if (isWeakKey(secret)) environment.complain("AAY_JWT_SECRET is too simple: make it of random bytes.");
    }
    if (trust.kind === "jwks") requireTls(environment, "AAY_JWKS_URL", trust.url);
  }
  return { issuer: issuer ?? "aaygraph-sandbox", audience: audience ?? "aaygraph", trust };
}

function readTrust(environment: Environment): TokenSettings["trust"] {
  const secret = environment.text("AAY_JWT_SECRET");
  const jwksUrl = environment.text("AAY_JWKS_URL");
  if (secret !== undefined && jwksUrl !== undefined) {
    environment.complain("AAY_JWT_SECRET and AAY_JWKS_URL contradict each other: give one of them.");
  }
  if (secret !== undefined) return { kind: "secret", secret: new Secret(secret) };
  if (jwksUrl === undefined) return { kind: "local" };
  return { kind: "jwks", url: readHttpUrl(environment, "AAY_JWKS_URL", jwksUrl) ?? new URL("about:blank") };
}
