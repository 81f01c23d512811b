import type { Secret } from "../kernel/secret";

/** What a vendor needs to be spoken to. Values come from the environment, under the names the vendor declares. */
export interface Credentials {
  read(name: string): Secret | undefined;
}
