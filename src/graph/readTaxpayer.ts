import { isObjectType, type GraphQLResolveInfo } from "graphql";
import { Fault } from "../kernel/fault";
import type { Question } from "../sources/question";
import type { KeptTaxpayer } from "../sources/taxpayerStore";
import { allows, type Access } from "./access";
import type { GraphContext } from "./context";
import { selectedFields, type SelectedField } from "./lookahead";
import { Taxpayer } from "./taxpayer";

type Want = Omit<Question, "taxpayer">;

/** Gathers what the operation selects of each taxpayer, all of them in one go. */
export async function readTaxpayers(
  { access, loaders }: GraphContext,
  kept: readonly KeptTaxpayer[],
  info: GraphQLResolveInfo,
): Promise<Taxpayer[]> {
  const type = info.schema.getType("Taxpayer");
  if (!isObjectType(type)) throw new Fault("INTERNAL", { note: "the schema has no Taxpayer" });
  const wants = selectedFields(info, type).flatMap((field) => wantOf(field, access) ?? []);
  return Promise.all(
    kept.map(async (taxpayer) => {
      const gathered = wants.map(async (want) => ({ ...want, told: await loaders.answer.load({ taxpayer, ...want }) }));
      return new Taxpayer(taxpayer, await Promise.all(gathered));
    }),
  );
}

/** Nothing is spent on a field that its resolver will refuse. */
function wantOf(field: SelectedField, access: Access): Want | undefined {
  if (field.name !== "compliance" || !allows(access, "compliance:read")) return undefined;
  const maxAgeSeconds = field.arguments().maxAgeSeconds;
  if (typeof maxAgeSeconds !== "number") return { document: "COMPLIANCE", maxAgeMs: undefined };
  return maxAgeSeconds < 0 ? undefined : { document: "COMPLIANCE", maxAgeMs: maxAgeSeconds * 1_000 };
}
