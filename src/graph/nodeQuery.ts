import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { GraphContext } from "./context";
import { Node } from "./node";
import { sessionById, type Session } from "./session";
import type { Taxpayer } from "./taxpayer";
import { taxpayerById } from "./taxpayerQuery";

const sessionPrefix = "ss_";

@Resolver()
export class NodeQueryResolver {
  @Query(() => Node, {
    nullable: true,
    description: "Anything that has an id, read again by it: a taxpayer, or a session.",
  })
  node(
    @Arg("id", () => ID, { description: "As this graph has printed it." }) id: string,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Session | Taxpayer> {
    return id.startsWith(sessionPrefix) ? sessionById(id, context) : taxpayerById(id, context, info);
  }
}
