import { type GraphQLResolveInfo, isObjectType, type GraphQLObjectType } from "graphql";
import { ArrayMaxSize } from "class-validator";
import { Arg, Args, ArgsType, Ctx, Field, Info, Query, Resolver } from "type-graphql";
import type { Documents, WantedDocument } from "../../reading";
import { Fault, memoizeWeak, lazy } from "../../kernel";
import type { GraphContext } from "../context";
import { Requires, scopes, type Access } from "../access";
import { panArgument, PanScalar } from "../types";
import { Sensitive, meets, requirementsOf, type Field as SchemaField } from "../authorization";
import { latestIncomeYears, type IncomeYear } from "../../domain";
import type { StoredTaxpayer } from "../../reading/ports";
import { gatherEach, coordinatesOf, type Rights, selectedFields, type Selection } from "../selection";
import { Taxpayer } from "./taxpayer";
import { wantsAfter, wantsOf, type Asking } from "./wants";

const yearsWithoutConsent = 3;

/** Gathers the selected documents of all taxpayers in one batch. */
async function readTaxpayers(
  context: GraphContext,
  stored: readonly StoredTaxpayer[],
  info: GraphQLResolveInfo,
): Promise<Taxpayer[]> {
  const { access, today } = context;
  const type = info.schema.getType("Taxpayer");
  if (!isObjectType(type)) throw new Fault("INTERNAL", { note: "the schema has no Taxpayer" });
  const fields = selectedFields(info, type);
  const rights: Rights = { key: rightsOf(access), mayHave: (field) => isOpen(type, field, access) };
  const latestYears = lazy(() => latestYearsAt(today));
  const { read, refused } = coordinatesOf(fields, rights);
  if (refused.length > 0) {
    const taxpayerIds = stored.map(({ id }) => id);
    await context.trail.record({ kind: "REFUSED", code: "FORBIDDEN", taxpayerIds, fields: refused });
  }
  const requests = stored.map((taxpayer) => {
    const usualYears = agreedYearsOf(taxpayer) ?? latestYears();
    return { taxpayer, usualYears, wanted: knownWantsOf(fields, rights, usualYears), fields: read };
  });
  const first = await gatherEach(context, requests);
  const second = await gatherEach(
    context,
    first.map(({ taxpayer, answered }) => ({ taxpayer, wanted: wantsAfter(answered, fields, rights), fields: read })),
  );
  return first.map(
    (documents, at) => new Taxpayer(joined(documents, second[at]), requests[at]?.usualYears ?? latestYears()),
  );
}

function joined(first: Documents, second: Documents | undefined): Documents {
  if (second === undefined || second.answered.length === 0) return first;
  return { ...first, answered: [...first.answered, ...second.answered] };
}

/** The years used if the caller names none: those that the taxpayer consented to, else the latest. */
export function usualYearsOf(taxpayer: StoredTaxpayer, { today }: Pick<GraphContext, "today">): readonly IncomeYear[] {
  return agreedYearsOf(taxpayer) ?? latestYearsAt(today);
}

const agreedYearsOf = memoizeWeak(({ consents }: StoredTaxpayer): readonly IncomeYear[] | undefined => {
  const agreed = new Set(consents.flatMap(({ incomeYears }) => incomeYears));
  return agreed.size === 0 ? undefined : [...agreed].sort((one, other) => other - one);
});

function latestYearsAt(today: GraphContext["today"]): readonly IncomeYear[] {
  return latestIncomeYears(yearsWithoutConsent, today());
}

const wantsOfSelection = memoizeWeak<readonly Selection[], Map<string, readonly WantedDocument[]>>(() => new Map());

/** Memoized, because most taxpayers have the same years and most callers the same rights. */
function knownWantsOf(
  fields: readonly Selection[],
  { key: rights, mayHave }: Rights,
  usualYears: Asking["usualYears"],
): readonly WantedDocument[] {
  const wantsByAsking = wantsOfSelection(fields);
  const key = [rights, ...usualYears].join(" ");
  const wants = wantsByAsking.get(key) ?? wantsOf(fields, { mayHave, usualYears });
  wantsByAsking.set(key, wants);
  return wants;
}

/** Known scopes only, because a token may name any others. */
const rightsOf = memoizeWeak((access: Access) => scopes.filter((scope) => access.scopes.has(scope)).join(" "));

function isOpen(type: GraphQLObjectType, name: string, access: Access): boolean {
  const field = type.getFields()[name] as SchemaField | undefined;
  return field !== undefined && meets(access, requirementsOf(field));
}

const mostPans = 100;

@ArgsType()
class TaxpayersArgs {
  @Field(() => [PanScalar])
  @Sensitive("PERSONAL")
  @ArrayMaxSize(mostPans)
  pans!: string[];
}

@Resolver()
export class TaxpayerQueryResolver {
  @Requires("income:read", "compliance:read")
  @Query(() => Taxpayer, {
    description: "One taxpayer. A query never logs anyone in: it reads what can be read without.",
  })
  async taxpayer(
    @Sensitive("PERSONAL") @Arg("pan", () => PanScalar) pan: string,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer> {
    const kept = await context.loaders.taxpayerByPan.load(panArgument(context, "pan", pan));
    return first(await readTaxpayers(context, [kept], info));
  }

  @Requires("income:read", "compliance:read")
  @Query(() => [Taxpayer], { description: "At most 100 taxpayers, in the order asked; a PAN may be asked twice." })
  async taxpayers(
    @Args(() => TaxpayersArgs) { pans }: TaxpayersArgs,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer[]> {
    const wholePans = pans.map((pan) => panArgument(context, "pans", pan));
    return readTaxpayers(context, await context.loaders.taxpayersByPan.load(wholePans), info);
  }
}

/** Another tenant's id and an unknown id get the same answer. */
export async function taxpayerById(id: string, context: GraphContext, info: GraphQLResolveInfo): Promise<Taxpayer> {
  const kept = await context.loaders.taxpayerById.load(id);
  if (kept === null) throw new Fault("NOT_FOUND", { field: "id" });
  if (kept === "ERASED") throw new Fault("ERASED");
  return first(await readTaxpayers(context, [kept], info));
}

function first(taxpayers: readonly Taxpayer[]): Taxpayer {
  const [taxpayer] = taxpayers;
  if (taxpayer === undefined) throw new Fault("INTERNAL", { note: "a taxpayer was read and is not there" });
  return taxpayer;
}
