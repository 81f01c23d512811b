import type { GraphQLResolveInfo } from "graphql";
import { ArrayMaxSize } from "class-validator";
import { Arg, Args, ArgsType, Ctx, Field, Info, Query, Resolver } from "type-graphql";
import { Fault } from "../kernel/fault";
import { requireScope } from "./access";
import type { GraphContext } from "./context";
import { panArgument } from "./panArgument";
import { readTaxpayers } from "./readTaxpayer";
import { PanScalar } from "./scalars";
import { Taxpayer } from "./taxpayer";

const mostPans = 100;

@ArgsType()
class TaxpayersArgs {
  @Field(() => [PanScalar])
  @ArrayMaxSize(mostPans)
  pans!: string[];
}

@Resolver()
export class TaxpayerQueryResolver {
  @Query(() => Taxpayer, {
    description: "One taxpayer. A query never logs anyone in: it reads what can be read without.",
  })
  async taxpayer(
    @Arg("pan", () => PanScalar) pan: string,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer> {
    requireScope(context.access, "income:read", "compliance:read");
    const kept = await context.loaders.taxpayerByPan.load(panArgument(context, "pan", pan));
    return first(await readTaxpayers(context, [kept], info));
  }

  @Query(() => [Taxpayer], { description: "At most 100 taxpayers, in the order asked; a PAN may be asked twice." })
  async taxpayers(
    @Args(() => TaxpayersArgs) { pans }: TaxpayersArgs,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Taxpayer[]> {
    requireScope(context.access, "income:read", "compliance:read");
    const wholePans = pans.map((pan) => panArgument(context, "pans", pan));
    const kept = await Promise.all(wholePans.map((pan) => context.loaders.taxpayerByPan.load(pan)));
    return readTaxpayers(context, kept, info);
  }
}

/** Another tenant's id and one that never was get the same answer. */
export async function taxpayerById(id: string, context: GraphContext, info: GraphQLResolveInfo): Promise<Taxpayer> {
  requireScope(context.access, "income:read", "compliance:read");
  return knownTaxpayer(id, context, info);
}

/** For whoever has come by the id already, and may know whose it is. */
export async function knownTaxpayer(id: string, context: GraphContext, info: GraphQLResolveInfo): Promise<Taxpayer> {
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
