import type { Secret } from "../kernel/secret";
import { cases } from "../providers/eko/fixtures/scenarios";

export interface Address {
  readonly address: URL;
  readonly developerToken: Secret | undefined;
}

/** What a person reads at the start of a sandbox: where to go, with which token, and whom to ask about. */
export function welcome({ address, developerToken }: Address, { playground }: { playground: boolean }): string {
  const lines = [
    "AayGraph is up, in sandbox mode: simulated vendors, invented taxpayers.",
    "",
    ...(playground ? [`  Playground   ${address.href}playground`] : []),
    `  GraphQL      ${address.href}graphql`,
    ...(developerToken ? ["", "  Developer token, good for a day:", `  ${developerToken.reveal()}`] : []),
    "",
    "  PANs to try:",
    ...cases.slice(0, 3).map(({ pan, title }) => `  ${pan}   ${title}`),
  ];
  return `\n${lines.join("\n")}\n\n`;
}
