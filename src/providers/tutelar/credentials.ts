import type { Credentials } from "../provider";

/** Names of the settings, as the operator writes them. */
export const apiKeyName = "TUTELAR_API_KEY";
export const secretKeyName = "TUTELAR_SECRET_KEY";

/** HTTP Basic: the API key is the user, the secret key is the password. */
export function authorization(credentials: Credentials): string {
  const [user, password] = [apiKeyName, secretKeyName].map((name) => credentials.read(name)?.reveal() ?? "");
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}
