import type { Credentials } from "../provider";

/** Names of the settings, as the operator writes them. */
export const settingNames = { apiKey: "TUTELAR_API_KEY", secretKey: "TUTELAR_SECRET_KEY" } as const;

/** HTTP Basic: the API key is the user, the secret key is the password. */
export function authorization(credentials: Credentials): string {
  const { apiKey, secretKey } = settingNames;
  const [user, password] = [apiKey, secretKey].map((name) => credentials.read(name)?.reveal() ?? "");
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}
