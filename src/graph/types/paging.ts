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

const usualFirstOfList = 10;

/** As the arguments of a connection come in. */
export interface PageWish {
  readonly first?: number | null | undefined;
  /** The cursor of what stands before the page. */
  readonly after?: string | null | undefined;
}

export interface Page<T> {
  readonly members: readonly T[];
  readonly pageInfo: PageInfo;
}

export function isPageSize(first: PageWish["first"]): boolean {
  return sizeOf(first) > 0 && sizeOf(first) <= mostFirst;
}

/** One page of a list that is there as a whole. Whoever asks to go on after something that is not in it gets nothing. */
export function pageInList<T>(list: readonly T[], { first, after }: PageWish, idOf: (member: T) => string): Page<T> {
  if (!isPageSize(first)) throw new Fault("BAD_INPUT", { field: "first", hint: `It must be 1 to ${mostFirst}.` });
  const start = startAfter(list, after, idOf);
  const members = start === undefined ? [] : list.slice(start, start + sizeOf(first));
  const [firstMember, lastMember] = [members[0], members.at(-1)];
  return {
    members,
    pageInfo: {
      hasNextPage: start !== undefined && start + members.length < list.length,
      hasPreviousPage: start !== undefined && start > 0,
      startCursor: firstMember && idOf(firstMember),
      endCursor: lastMember && idOf(lastMember),
    },
  };
}

function sizeOf(first: PageWish["first"]): number {
  return first ?? usualFirstOfList;
}

function startAfter<T>(list: readonly T[], after: PageWish["after"], idOf: (member: T) => string): number | undefined {
  if (after === null || after === undefined) return 0;
  const place = list.findIndex((member) => idOf(member) === after);
  return place === -1 ? undefined : place + 1;
}
