import { IsNotEmpty, Max, Min } from "class-validator";
import { ArgsType, Field, Int, ObjectType, type ClassType } from "type-graphql";
import { PageInfo } from "./pageInfo";

const usualFirst = 20;
const mostFirst = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: usualFirst, description: "How many at most: 1 to 100." })
  @Min(1)
  @Max(mostFirst)
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The cursor after which to go on: pageInfo.endCursor." })
  @IsNotEmpty()
  after?: string | null;
}

/** A page as stores are asked for it. */
export function pageOf({ first, after }: PageArgs): { readonly first: number; readonly after: string | undefined } {
  return { first: first ?? usualFirst, after: after ?? undefined };
}

interface Edge<Node> {
  cursor: string;
  node: Node;
}

export interface Connection<Node> {
  edges: readonly Edge<Node>[];
  nodes: readonly Node[];
  pageInfo: PageInfo;
}

/** The types of a list that is read page by page. */
export function connectionOf<Node extends object>(name: string, node: ClassType<Node>): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a page, with its place.` })
  class EdgeOfNode implements Edge<Node> {
    @Field(() => String, { description: "Its place in the list, to be passed as after." })
    cursor!: string;

    @Field(() => node, { description: "What stands there." })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: "One page of a list, newest first." })
  class ConnectionOfNodes implements Connection<Node> {
    @Field(() => [EdgeOfNode], { description: "What is on this page, each with its cursor." })
    edges!: readonly EdgeOfNode[];

    @Field(() => [node], { description: "What the edges hold, for those who need no cursors." })
    nodes!: readonly Node[];

    @Field(() => PageInfo, { description: "Where this page stands among the others." })
    pageInfo!: PageInfo;
  }

  return ConnectionOfNodes;
}

/** What has an id needs no other cursor. */
export function toConnection<Node extends { readonly id: string }>(
  nodes: readonly Node[],
  { hasNext, after }: { readonly hasNext: boolean; readonly after: string | undefined },
): Connection<Node> {
  return {
    edges: nodes.map((node) => ({ cursor: node.id, node })),
    nodes,
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: after !== undefined,
      startCursor: nodes[0]?.id,
      endCursor: nodes.at(-1)?.id,
    },
  };
}
