import type { Secret } from "../kernel/secret";
import type { Provider } from "../providers/provider";

interface Place {
  readonly address: URL;
  readonly developerToken: Secret | undefined;
}

/** What a person reads at the start of a sandbox: where to go, with which token, and whom to ask about. */
export function welcome(
  { address, developerToken }: Place,
  providers: readonly Provider[],
  hasPlayground: boolean,
): string {
  const examples = providers.flatMap((provider) => provider.examples);
  const lines = [
    "AayGraph is up, in sandbox mode: simulated vendors, invented taxpayers.",
    "",
    ...(hasPlayground ? [`  Playground   ${address.href}playground`] : []),
    `  GraphQL      ${address.href}graphql`,
    ...(developerToken ? ["", "  Developer token, good for a day:", `  ${developerToken.reveal()}`] : []),
    "",
    "  PANs to try:",
    ...examples.slice(0, 3).map(({ pan, title }) => `  ${pan}   ${title}`),
  ];
  return `\n${lines.join("\n")}\n\n`;
}
