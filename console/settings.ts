import type { ProviderId } from "@aaygraph/client";

/** What the server wrote into the page. */
interface Settings {
  /** A token for trying things out, which the server hands out in sandbox mode only. */
  readonly token: string | null;
  readonly people: readonly Person[];
}

/** An invented taxpayer of the sandbox, with the portal password that logs them in there. */
export interface Person {
  readonly pan: string;
  readonly name: string;
  readonly title: string;
  readonly password: string;
  /** Who logs them in at once: no one-time password, no job to wait for. */
  readonly provider: ProviderId;
}

export const settings = JSON.parse(document.getElementById("settings")?.textContent ?? "") as Settings;
