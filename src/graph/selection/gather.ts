import { Fault } from "../../kernel";
import type { DocumentRequest, Documents, WantedDocument } from "../../reading";
import type { StoredTaxpayer } from "../../reading/ports";
import type { GraphContext } from "../context";

/** Gathers what each taxpayer needs, batched with all other requests of this tick. */
export async function gatherEach(
  { loaders }: Pick<GraphContext, "loaders">,
  requests: readonly DocumentRequest[],
): Promise<readonly Documents[]> {
  if (requests.every(({ wanted }) => wanted.length === 0))
    return requests.map(({ taxpayer }) => ({ taxpayer, answered: [] }));
  return requests.map(await loaders.documents.load(requests));
}

export async function gather(
  context: Pick<GraphContext, "loaders">,
  taxpayer: StoredTaxpayer,
  wanted: readonly WantedDocument[],
  fields: readonly string[],
): Promise<Documents> {
  const [documents] = await gatherEach(context, [{ taxpayer, wanted, fields }]);
  if (documents === undefined) throw new Fault("INTERNAL", { note: "a request came back without its documents" });
  return documents;
}
