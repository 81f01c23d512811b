import { parseArgs } from "node:util";
import { ConfigurationError, type Settings } from "../config";
import { systemClock } from "../kernel";
import { developerToken } from "../compose";

/** Prints an access token that this service believes: `npm run token -- --tenant acme --scopes "compliance:read"`. */
export async function printToken(settings: Settings, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      tenant: { type: "string" },
      subject: { type: "string" },
      scopes: { type: "string" },
      hours: { type: "string" },
    },
  });
  const { tenant, subject, scopes, hours } = values;
  const lifeSeconds = hours === undefined ? undefined : Number(hours) * 3_600;
  if (lifeSeconds !== undefined && !(lifeSeconds > 0))
    throw new ConfigurationError(["--hours must be a positive number."]);
  const token = await developerToken(settings, systemClock, {
    ...(tenant !== undefined && { tenant }),
    ...(subject !== undefined && { subject }),
    ...(scopes !== undefined && { scopes: scopes.split(/[ ,]+/) }),
    ...(lifeSeconds !== undefined && { lifeSeconds }),
  });
  if (token === undefined)
    throw new ConfigurationError(["AAY_JWKS_URL is set: its issuer signs the tokens, not this service."]);
  process.stdout.write(`${token.reveal()}\n`);
}
