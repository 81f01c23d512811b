import { Fault } from "../kernel/fault";
import { requireScope } from "./access";
import type { GraphContext } from "./context";
import { hrefsFor } from "./documentHref";
import type { Filing } from "./filing";
import { readFilingId } from "./filingId";
import { gather } from "./readTaxpayer";
import { taxpayerDocuments } from "./taxpayerDocuments";
import { wantsOfEveryFilingField } from "./wants";

/** A filing found again by its id. One that is another tenant's, or is there no longer, gets the same answer. */
export async function filingById(id: string, context: GraphContext): Promise<Filing> {
  requireScope(context.access, "income:read");
  const place = readFilingId(id);
  const taxpayer = place && (await context.loaders.taxpayerById.load(place.taxpayerId));
  if (!taxpayer) throw new Fault("NOT_FOUND", { field: "id" });
  if (taxpayer === "ERASED") throw new Fault("ERASED");
  const gathered = await gather(context, taxpayer, wantsOfEveryFilingField(place.incomeYear));
  const filing = taxpayerDocuments(taxpayer.id, gathered, hrefsFor(context, taxpayer.id)).filingById(id);
  if (filing === undefined) throw new Fault("NOT_FOUND", { field: "id" });
  return filing;
}
