import { isObjectType, type GraphQLResolveInfo } from "graphql";
import { Fault } from "../../kernel";
import type { GraphContext } from "../context";
import { type Filing, readFilingId } from "../filing";
import { gather, listed, selectedFields } from "../selection";
import { documentsIn } from "./taxpayerDocuments";
import { wantsOfEveryFilingField } from "./wants";

/** Finds a filing by its id. Another tenant's filing and one that no longer exists get the same answer. */
export async function filingById(id: string, context: GraphContext, info: GraphQLResolveInfo): Promise<Filing> {
  const place = readFilingId(id);
  const taxpayer = place && (await context.loaders.taxpayerById.load(place.taxpayerId));
  if (!taxpayer) throw new Fault("NOT_FOUND", { field: "id" });
  if (taxpayer === "ERASED") throw new Fault("ERASED");
  const gathering = await gather(context, taxpayer, wantsOfEveryFilingField(place.incomeYear), fieldsOf(info));
  const filing = documentsIn(gathering).filingById(id);
  if (filing === undefined) throw new Fault("NOT_FOUND", { field: "id" });
  return filing;
}

function fieldsOf(info: GraphQLResolveInfo): readonly string[] {
  const type = info.schema.getType("Filing");
  return isObjectType(type) ? listed(selectedFields(info, type)) : [];
}
