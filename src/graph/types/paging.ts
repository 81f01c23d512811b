import { IsNotEmpty, Max, Min } from "class-validator";
import { ArgsType, Field, Int, ObjectType, type ClassType } from "type-graphql";
import { Fault } from "../../kernel";

@ObjectType({ description: "Where a page stands among the others." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether there is something before this page." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The first cursor of this page; null when it is empty." })
  startCursor?: string | undefined;

  @Field(() => String, { nullable: true, description: "The last cursor of this page, to be passed as after." })
  endCursor?: string | undefined;
}

const usualFirst = 20;
const mostFirst = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: usualFirst, description: "How many at most: 1 to 100." })
  @Min(1)
  @Max(mostFirst)
  first?: number | null | undefined;

  @Field(() => String, { nullable: true, description: "The cursor after which to go on: pageInfo.endCursor." })
  @IsNotEmpty()
  after?: string | null | undefined;
}

/** A page as a store receives it. */
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
export function connectionOf<Node extends object>(
  name: string,
  node: ClassType<Node>,
  order = "newest first",
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a page, with its place.` })
  class EdgeOfNode implements Edge<Node> {
    @Field(() => String, { description: "Its place in the list, to be passed as after." })
    cursor!: string;

    @Field(() => node, { description: "What stands there." })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `One page of a list, ${order}.` })
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

interface Identified {
  readonly id: string;
}

/** The same for every page. */
export function pageInfoOf(
  edges: readonly { readonly cursor: string }[],
  hasPreviousPage: boolean,
  hasNextPage: boolean,
): PageInfo {
  return { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor, endCursor: edges.at(-1)?.cursor };
}

/** The cursor of a node is its id. */
function edgesOf<Node extends Identified>(nodes: readonly Node[]): readonly Edge<Node>[] {
  return nodes.map((node) => ({ cursor: node.id, node }));
}

/** The connection of a page that the store returned. */
export function toConnection<Node extends Identified>(
  nodes: readonly Node[],
  { hasNext, after }: { readonly hasNext: boolean; readonly after: string | undefined },
): Connection<Node> {
  const edges = edgesOf(nodes);
  return { edges, nodes, pageInfo: pageInfoOf(edges, after !== undefined, hasNext) };
}

type AskedPage = Pick<PageArgs, "first" | "after">;

const usualFirstOfList = 10;

export function isPageSize(first: PageArgs["first"]): boolean {
  return sizeOf(first) > 0 && sizeOf(first) <= mostFirst;
}

/** A page of a list in memory. After an unknown cursor the page is empty. */
export function pageInList<Node extends Identified>(
  list: readonly Node[],
  { first, after }: AskedPage,
): Pick<Connection<Node>, "nodes" | "pageInfo"> {
  if (!isPageSize(first)) throw new Fault("BAD_INPUT", { field: "first", hint: `It must be 1 to ${mostFirst}.` });
  const isFromStart = after === null || after === undefined;
  const at = isFromStart ? -1 : list.findIndex(({ id }) => id === after);
  if (!isFromStart && at === -1) return { nodes: [], pageInfo: pageInfoOf([], false, false) };
  const nodes = list.slice(at + 1, at + 1 + sizeOf(first));
  return {
    nodes,
    // Made only where it is selected: the cursors are ids, which may have to be computed.
    get pageInfo() {
      return pageInfoOf(edgesOf(nodes), at >= 0, at + 1 + nodes.length < list.length);
    },
  };
}

function sizeOf(first: PageArgs["first"]): number {
  return first ?? usualFirstOfList;
}
