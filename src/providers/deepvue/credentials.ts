import { randomUUID } from "node:crypto";
import type { Secret } from "../../kernel";
import type { Credentials, UpstreamRequest } from "../provider";

/** Names of the settings, as the operator writes them. */
export const clientIdName = "DEEPVUE_CLIENT_ID";
export const clientSecretName = "DEEPVUE_CLIENT_SECRET";

export const authorizePath = "/v1/authorize";

/** An access token lives for 24 hours; the reply's own `expiry` may say less. */
export const tokenLifeMs = 24 * 3_600_000;

/** Asks for an access token, as the form with files that the vendor's reference shows. */
export function authorizeRequest(credentials: Credentials): UpstreamRequest {
  const boundary = randomUUID();
  const part = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return {
    method: "POST",
    path: authorizePath,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body:
      part("client_id", credentials.read(clientIdName)?.reveal() ?? "") +
      part("client_secret", credentials.read(clientSecretName)?.reveal() ?? "") +
      `--${boundary}--\r\n`,
  };
}

/** What every call but `authorize` carries: the token, and the client's secret once more under another name. */
export function signedHeaders(credentials: Credentials, token: Secret): Record<string, string> {
  return {
    authorization: `Bearer ${token.reveal()}`,
    "x-api-key": credentials.read(clientSecretName)?.reveal() ?? "",
    "content-type": "application/json",
  };
}
