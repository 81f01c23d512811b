import type { Secret } from "../kernel";
import type { Pan } from "../domain";
import { cast, passwordOf } from "./personas";

interface Addresses {
  readonly address: URL;
  readonly developerToken: Secret | undefined;
  /** The address of the sandbox's controls. */
  readonly controlUrl: URL | undefined;
  /** Of the first of them. */
  readonly link: URL | undefined;
}

/** They get three different answers: filed, not filed, and unknown. */
const pansToTry = cast.slice(0, 3);
export const panToTry = pansToTry[0]?.facts.pan as Pan;

/** The message at the start of a sandbox: the addresses, a token, and PANs to try. */
export function welcome({ address, developerToken, controlUrl, link }: Addresses, hasPlayground: boolean): string {
  const lines = [
    "AayGraph is up, in sandbox mode: simulated vendors, invented taxpayers.",
    "",
    ...(hasPlayground ? [`  Playground   ${address.href}playground`] : []),
    `  GraphQL      ${address.href}graphql`,
    ...(controlUrl ? [`  Fake phone   ${controlUrl.href}phone`] : []),
    "  Webhooks     npm start -- listen 4100   (a receiver that verifies events and prints them)",
    ...(developerToken ? ["", "  Developer token, good for a day:", `  ${developerToken.reveal()}`] : []),
    ...(link
      ? [
          "",
          `  A taxpayer's link, good for one browser and thirty minutes; the password is ${passwordOf(panToTry)}:`,
          `  ${link.href}`,
        ]
      : []),
    "",
    "  PANs to try (npm start -- personas shows all):",
    ...pansToTry.map(({ facts }) => `  ${facts.pan}   ${facts.title}`),
    "",
    "  A whole book of them: examples/book.csv (docs/runs.md shows how to check it).",
  ];
  return `\n${lines.join("\n")}\n\n`;
}
