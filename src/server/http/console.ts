import type { Secret } from "../../kernel";
import { createPage, strictPolicy } from "./page";

interface ConsoleSettings {
  /** The built bundle; it does not change while the process lives. */
  readonly directory: string;
  /** Everyone who opens the page can read it, so only a sandbox may pass one. */
  readonly token: Secret | undefined;
  /** Invented taxpayers to look at, with their portal passwords: the sandbox alone has them. */
  readonly people: readonly ConsolePerson[];
}

interface ConsolePerson {
  readonly pan: string;
  readonly name: string;
  readonly title: string;
  readonly password: string;
  readonly provider: string;
}

/** Answers requests for /console and what lies under it; anything else it leaves alone, and returns false. */
export function createConsole({ directory, token, people }: ConsoleSettings) {
  return createPage({
    path: "/console",
    directory,
    settings: () => ({ token: token?.reveal() ?? null, people }),
    contentSecurityPolicy: [...strictPolicy, "style-src 'self'"],
  });
}
