import { Secret } from "../../src/kernel/secret";
import type { Credentials } from "../../src/providers/provider";

/** Credentials as the settings hand them out, of these values. */
export function credentialsOf(values: Readonly<Record<string, string>>): Credentials {
  return {
    read: (name) => {
      const value = values[name];
      return value === undefined ? undefined : new Secret(value);
    },
  };
}
