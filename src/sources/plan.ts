import type { AnswerableKind } from "../providers/documents";
import type { ConnectedProvider } from "./connectedProvider";

/** Who is asked for a document: of those that carry it, the first that is switched on; else the first, to say that it is off. */
export function chooseProvider(
  connected: readonly ConnectedProvider[],
  document: AnswerableKind,
): ConnectedProvider | undefined {
  const carriers = connected.filter(({ provider }) => provider.documents.includes(document));
  return carriers.find(({ client }) => client?.needs === "PAN") ?? carriers[0];
}
