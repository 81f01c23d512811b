import type { GraphQLResolveInfo } from "graphql";
import { ArrayMaxSize } from "class-validator";
import { Arg, Args, ArgsType, Ctx, Field, Info, Query, Resolver } from "type-graphql";
import { Fault } from "../kernel/fault";
import type { GraphContext } from "./context";
import { Requires } from "./access";
import { panArgument } from "./panArgument";
import { readTaxpayers } from "./readTaxpayer";
import { PanScalar } from "./scalars";
import { Sensitive } from "./authorization/sensitive";
import { Taxpayer } from "./taxpayer";

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

/** Another tenant's id and one that never was get the same answer. */
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
