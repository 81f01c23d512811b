import type { Secret } from "../kernel";
import { cast } from "./personas";

interface Addresses {
  readonly address: URL;
  readonly developerToken: Secret | undefined;
  /** The address of the sandbox's controls. */
  readonly controlUrl: URL | undefined;
}

/** They get three different answers: filed, not filed, and unknown. */
const pansToTry = cast.slice(0, 3);

/** The message at the start of a sandbox: the addresses, a token, and PANs to try. */
export function welcome({ address, developerToken, controlUrl }: Addresses, hasPlayground: boolean): string {
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
    "",
    "  A whole book of them: examples/book.csv (docs/runs.md shows how to check it).",
  ];
  return `\n${lines.join("\n")}\n\n`;
}
