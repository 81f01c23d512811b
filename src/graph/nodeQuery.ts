import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { GraphContext } from "./context";
import type { Filing } from "./filing";
import { filingById } from "./filingQuery";
import { Node } from "./node";
import { sessionById, type Session } from "./session";
import type { Taxpayer } from "./taxpayer";
import { taxpayerById } from "./taxpayerQuery";

const sessionPrefix = "ss_";
const filingPrefix = "fl_";

@Resolver()
export class NodeQueryResolver {
  @Query(() => Node, {
    nullable: true,
    description: "Anything that has an id, read again by it: a taxpayer, a filing, or a session.",
  })
  node(
    @Arg("id", () => ID, { description: "As this graph has printed it." }) id: string,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Filing | Session | Taxpayer> {
    if (id.startsWith(sessionPrefix)) return sessionById(id, context);
    return id.startsWith(filingPrefix) ? filingById(id, context) : taxpayerById(id, context, info);
  }
}
