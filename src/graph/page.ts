import { Fault } from "../kernel/fault";
import type { PageInfo } from "./pageInfo";

const usualFirst = 10;
const mostFirst = 100;

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
export function pageOf<T>(list: readonly T[], { first, after }: PageWish, idOf: (member: T) => string): Page<T> {
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
  return first ?? usualFirst;
}

function startAfter<T>(list: readonly T[], after: PageWish["after"], idOf: (member: T) => string): number | undefined {
  if (after === null || after === undefined) return 0;
  const place = list.findIndex((member) => idOf(member) === after);
  return place === -1 ? undefined : place + 1;
}
