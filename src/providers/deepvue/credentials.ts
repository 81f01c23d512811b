import { randomUUID } from "node:crypto";
import type { Secret } from "../../kernel";
import type { Credentials, UpstreamRequest } from "../provider";
import { paths } from "./contract";

/** Names of the settings, as the operator writes them. */
export const settingNames = { clientId: "DEEPVUE_CLIENT_ID", clientSecret: "DEEPVUE_CLIENT_SECRET" } as const;

/** Requests an access token, in the multipart form of the vendor's reference. */
export function authorizeRequest(credentials: Credentials): UpstreamRequest {
  const boundary = randomUUID();
  const part = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return {
    method: "POST",
    path: paths.authorize,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body:
      part("client_id", credentials.read(settingNames.clientId)?.reveal() ?? "") +
      part("client_secret", credentials.read(settingNames.clientSecret)?.reveal() ?? "") +
      `--${boundary}--\r\n`,
  };
}

/** Every call but `authorize` carries the token, and the client's secret as `x-api-key`. */
export function signedHeaders(credentials: Credentials, token: Secret): Record<string, string> {
  return {
    authorization: `Bearer ${token.reveal()}`,
    "x-api-key": credentials.read(settingNames.clientSecret)?.reveal() ?? "",
    "content-type": "application/json",
  };
}
