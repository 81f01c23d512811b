import type { Credentials } from "../provider";

/** Names of the settings, as the operator writes them. */
export const settingNames = {
  apiKey: "FINPASS_API_KEY",
  apiSecret: "FINPASS_API_SECRET",
  /** "GET" or "POST": the vendor's pages name both for the status and the data. */
  method: "FINPASS_METHOD",
  /** "A" or "B": which of the two published replies the simulator prints. */
  shape: "FINPASS_SIMULATED_SHAPE",
} as const;

/** The vendor demands all three in every call, even in a GET. */
export function signedHeaders(credentials: Credentials): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-api-key": credentials.read(settingNames.apiKey)?.reveal() ?? "",
    "x-api-secret": credentials.read(settingNames.apiSecret)?.reveal() ?? "",
  };
}
