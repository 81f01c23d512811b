import type { Secret } from "../kernel";
import { cast } from "./personas";

interface Place {
  readonly address: URL;
  readonly developerToken: Secret | undefined;
  /** Where the sandbox's own controls are. */
  readonly controlUrl: URL | undefined;
}

/** Three answers that differ: filed, not filed, and nobody known. */
const pansToTry = cast.slice(0, 3);

/** What a person reads at the start of a sandbox: where to go, with which token, and whom to ask about. */
export function welcome({ address, developerToken, controlUrl }: Place, hasPlayground: boolean): string {
  const lines = [
    "AayGraph is up, in sandbox mode: simulated vendors, invented taxpayers.",
    "",
    ...(hasPlayground ? [`  Playground   ${address.href}playground`] : []),
    `  GraphQL      ${address.href}graphql`,
    ...(controlUrl ? [`  Fake phone   ${controlUrl.href}phone`] : []),
    ...(developerToken ? ["", "  Developer token, good for a day:", `  ${developerToken.reveal()}`] : []),
    "",
    "  PANs to try (npm start -- personas shows all):",
    ...pansToTry.map(({ facts }) => `  ${facts.pan}   ${facts.title}`),
  ];
  return `\n${lines.join("\n")}\n\n`;
}
