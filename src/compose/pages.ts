import { join } from "node:path";
import type { Settings } from "../config";
import { instantAt } from "../domain";
import type { Clock, Secret } from "../kernel";
import { peopleOfSandbox, type SandboxHost } from "../sandbox";
import { createConsole, createPlayground, type ServedPage } from "../server";

interface Around {
  /** Undefined in live mode, as the sandbox is. */
  readonly token: Secret | undefined;
  readonly sandbox: SandboxHost | undefined;
  readonly clock: Clock;
}

/** The pages that are switched on, each from its built bundle. */
export function createPages(settings: Settings, { token, sandbox, clock }: Around): readonly ServedPage[] {
  const built = (name: string) => join(__dirname, "../..", name);
  const pages: ServedPage[] = [];
  if (settings.console) {
    const people = sandbox === undefined ? [] : peopleOfSandbox();
    pages.push({ path: "/console", answer: createConsole({ directory: built("console"), token, people }) });
  }
  if (settings.playground) {
    const phone = sandbox && (async () => ({ now: instantAt(clock.now()), messages: await sandbox.messages() }));
    pages.push({ path: "/playground", answer: createPlayground({ directory: built("playground"), token, phone }) });
  }
  return pages;
}
