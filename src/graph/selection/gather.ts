import type { Documents, DocumentRequest } from "../../reading";
import { Fault } from "../../kernel";
import type { StoredTaxpayer } from "../../reading/ports";
import type { GraphContext } from "../context";
import type { WantedDocument } from "./wants";

/** Asks what is wanted of each taxpayer, together with whatever else is asked in this tick. */
export async function gatherEach(
  { loaders }: Pick<GraphContext, "loaders">,
  wishes: readonly DocumentRequest[],
): Promise<readonly Documents[]> {
  if (wishes.every(({ wanted: wants }) => wants.length === 0))
    return wishes.map(({ taxpayer }) => ({ taxpayer, answered: [] }));
  return wishes.map(await loaders.documents.load(wishes));
}

export async function gather(
  context: Pick<GraphContext, "loaders">,
  taxpayer: StoredTaxpayer,
  wants: readonly WantedDocument[],
  fields: readonly string[],
): Promise<Documents> {
  const [gathering] = await gatherEach(context, [{ taxpayer, wanted: wants, fields }]);
  if (gathering === undefined) throw new Fault("INTERNAL", { note: "a wish was gathered and is not there" });
  return gathering;
}
