import type { Gathering, Want, Wish } from "../../reading";
import { Fault } from "../../kernel";
import type { KeptTaxpayer } from "../../reading/ports";
import type { GraphContext } from "../context";

/** Asks what is wanted of each taxpayer, together with whatever else is asked in this tick. */
export async function gatherEach(
  { loaders }: Pick<GraphContext, "loaders">,
  wishes: readonly Wish[],
): Promise<readonly Gathering[]> {
  if (wishes.every(({ wants }) => wants.length === 0))
    return wishes.map(({ taxpayer }) => ({ taxpayer, gathered: [] }));
  return wishes.map(await loaders.gathering.load(wishes));
}

export async function gather(
  context: Pick<GraphContext, "loaders">,
  taxpayer: KeptTaxpayer,
  wants: readonly Want[],
  fields: readonly string[],
): Promise<Gathering> {
  const [gathering] = await gatherEach(context, [{ taxpayer, wants, fields }]);
  if (gathering === undefined) throw new Fault("INTERNAL", { note: "a wish was gathered and is not there" });
  return gathering;
}
