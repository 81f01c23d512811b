import type { Credentials } from "../provider";

/** Names of the settings, as the operator writes them. */
export const apiKeyName = "FINPASS_API_KEY";
export const apiSecretName = "FINPASS_API_SECRET";
/** "GET" or "POST": the vendor's pages name both for the status and the data. */
export const methodName = "FINPASS_METHOD";
/** "A" or "B": which of the two published replies the simulator prints. Nobody else reads it. */
export const shapeName = "FINPASS_SIMULATED_SHAPE";

/** The vendor demands all three of every call, a GET among them. */
export function signedHeaders(credentials: Credentials): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-api-key": credentials.read(apiKeyName)?.reveal() ?? "",
    "x-api-secret": credentials.read(apiSecretName)?.reveal() ?? "",
  };
}
