import { createHash } from "node:crypto";
import { ConfigurationError, readSettings } from "../../src/config/settings";
import { providers } from "../../src/providers/registry";

export type Env = Record<string, string>;

/** All that live mode asks for, and no vendor. */
export const live: Env = {
  AAY_MODE: "live",
  AAY_EMBEDDED_STORE: "on",
  AAY_MASTER_KEY: createHash("sha256").update("the master key of tests").digest("base64"),
  AAY_JWT_ISSUER: "https://issuer.example",
  AAY_JWT_AUDIENCE: "aaygraph",
  AAY_JWT_SECRET: "a-token-secret-of-more-than-32-bytes",
};

export const ekoKeys: Env = {
  EKO_DEVELOPER_KEY: "developer-key",
  EKO_ACCESS_KEY: "access-key",
  EKO_INITIATOR_ID: "9000000001",
};

export const liveEko: Env = { ...live, ...ekoKeys, EKO_BASE_URL: "https://api.eko.in/ekoicici/v3" };

export function problemsOf(env: Env): readonly string[] {
  try {
    readSettings(env, providers);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigurationError) return thrown.problems;
    throw thrown;
  }
}
