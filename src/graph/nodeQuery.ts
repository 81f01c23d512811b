import { entitiesResolver } from "@apollo/subgraph";
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { GraphContext } from "./context";
import { Authenticated } from "./access";
import { Node } from "./types";

const typeByPrefix: ReadonlyMap<string, string> = new Map([
  ["ss_", "Session"],
  ["fl_", "Filing"],
  ["lk_", "Link"],
  ["rn_", "ComplianceRun"],
  ["ev_", "Event"],
]);

@Resolver()
export class NodeQueryResolver {
  @Authenticated()
  @Query(() => Node, {
    nullable: true,
    description:
      "Anything that has an id, read again by it: a taxpayer, a filing, a session, a link, a run, or an event.",
  })
  node(
    @Arg("id", () => ID, { description: "As this graph has printed it." }) id: string,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Node> {
    // Through `_entities`, so that the scopes of the type are checked here as well.
    const reference = { __typename: typeByPrefix.get(id.slice(0, 3)) ?? "Taxpayer", id };
    const [entity] = entitiesResolver({ representations: [reference], context, info }) as [Promise<Node>];
    return entity;
  }
}
