import fc from "../support/fuzz";
import { pageInList } from "../../src/graph/types/paging";
import { faultOf } from "../support/faultOf";

const named = (ids: readonly string[]) => ids.map((id) => ({ id }));
const idsOf = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => id);
const letters = named(["a", "b", "c", "d", "e"]);

describe("a page of a list", () => {
  it("begins with the first of them", () => {
    expect(pageInList(letters, { first: 2 })).toEqual({
      nodes: named(["a", "b"]),
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: "a", endCursor: "b" },
    });
  });

  it("goes on after a cursor", () => {
    expect(pageInList(letters, { first: 2, after: "b" })).toEqual({
      nodes: named(["c", "d"]),
      pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: "c", endCursor: "d" },
    });
  });

  it("says that it is the last", () => {
    expect(pageInList(letters, { first: 2, after: "c" }).pageInfo.hasNextPage).toBe(false);
  });

  it("is empty after the last of them", () => {
    const pageInfo = { hasNextPage: false, hasPreviousPage: true, startCursor: undefined, endCursor: undefined };
    expect(pageInList(letters, { after: "e" })).toEqual({ nodes: [], pageInfo });
  });

  it("is empty after something that is not in the list", () => {
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: undefined, endCursor: undefined };
    expect(pageInList(letters, { after: "z" })).toEqual({ nodes: [], pageInfo });
  });

  it("holds ten where nobody says how many", () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ id: String(index) }));
    expect(pageInList(many, { first: null, after: null }).nodes).toHaveLength(10);
  });

  it.each([0, -1, 101])("cannot hold %d", (first) => {
    expect(faultOf(() => pageInList(letters, { first })).code).toBe("BAD_INPUT");
  });

  it("is one of several that make up the whole list", () => {
    const lists = fc.uniqueArray(fc.string(), { maxLength: 30 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 100 }), (list, first) => {
        const read: string[] = [];
        let page = pageInList(named(list), { first });
        read.push(...idsOf(page.nodes));
        while (page.pageInfo.hasNextPage) {
          page = pageInList(named(list), { first, after: page.pageInfo.endCursor });
          read.push(...idsOf(page.nodes));
        }
        expect(read).toEqual(list);
      }),
    );
  });
});
