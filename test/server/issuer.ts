import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from "jose";
import { openStandInServer, type StandInServer } from "../support/standInServer";

export const issuer = "https://issuer.example";
export const audience = "aaygraph";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function newKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid } };
}

/** The claims of a caller who may ask who the providers are. */
export function claims(changes: JWTPayload = {}): JWTPayload {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const usual = { iss: issuer, aud: audience, sub: "loans", tenant: "lender", scope: "", exp: nowSeconds + 600 };
  return { ...usual, ...changes };
}

export async function signed(
  { kid, privateKey }: SigningKey,
  changes: Readonly<Record<string, unknown>> = {},
  header = {},
): Promise<string> {
  return new SignJWT({ ...claims(), ...changes }).setProtectedHeader({ alg: "RS256", kid, ...header }).sign(privateKey);
}

export interface StandInIssuer extends StandInServer {
  /** What it publishes; undefined while it is down. */
  keys: readonly SigningKey[] | undefined;
  /** How often somebody has asked for them. */
  readonly fetches: number;
}

export async function openStandInIssuer(keys: readonly SigningKey[]): Promise<StandInIssuer> {
  let fetches = 0;
  const server = await openStandInServer((_request, response) => {
    fetches += 1;
    if (standIn.keys === undefined) response.writeHead(503).end();
    else response.end(JSON.stringify({ keys: standIn.keys.map(({ publicJwk }) => publicJwk) }));
  });
  const standIn: StandInIssuer = {
    ...server,
    keys,
    get fetches() {
      return fetches;
    },
  };
  return standIn;
}
