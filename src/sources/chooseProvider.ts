import type { DocumentKind } from "../domain/answer";
import type { ConnectedProvider } from "../providers/provider";

/** Who is asked for a document: of those that carry it, the first that is switched on; else the first, to say that it is off. */
export function chooseProvider(
  connected: readonly ConnectedProvider[],
  document: DocumentKind,
): ConnectedProvider | undefined {
  const carriers = connected.filter(({ provider }) => provider.documents.includes(document));
  return carriers.find(({ client }) => client !== undefined) ?? carriers[0];
}
