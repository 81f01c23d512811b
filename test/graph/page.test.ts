import fc from "../support/fuzz";
import { pageInList } from "../../src/graph/types/paging";
import { faultOf } from "../support/faultOf";

const letters = ["a", "b", "c", "d", "e"];
const self = (letter: string) => letter;

describe("a page of a list", () => {
  it("begins with the first of them", () => {
    expect(pageInList(letters, { first: 2 }, self)).toEqual({
      members: ["a", "b"],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: "a", endCursor: "b" },
    });
  });

  it("goes on after a cursor", () => {
    expect(pageInList(letters, { first: 2, after: "b" }, self)).toEqual({
      members: ["c", "d"],
      pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: "c", endCursor: "d" },
    });
  });

  it("says that it is the last", () => {
    expect(pageInList(letters, { first: 2, after: "c" }, self).pageInfo.hasNextPage).toBe(false);
  });

  it("is empty after the last of them", () => {
    const pageInfo = { hasNextPage: false, hasPreviousPage: true, startCursor: undefined, endCursor: undefined };
    expect(pageInList(letters, { after: "e" }, self)).toEqual({ members: [], pageInfo });
  });

  it("is empty after something that is not in the list", () => {
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: undefined, endCursor: undefined };
    expect(pageInList(letters, { after: "z" }, self)).toEqual({ members: [], pageInfo });
  });

  it("holds ten where nobody says how many", () => {
    const many = Array.from({ length: 11 }, (_, index) => String(index));
    expect(pageInList(many, { first: null, after: null }, self).members).toHaveLength(10);
  });

  it.each([0, -1, 101])("cannot hold %d", (first) => {
    expect(faultOf(() => pageInList(letters, { first }, self)).code).toBe("BAD_INPUT");
  });

  it("is one of several that make up the whole list", () => {
    const lists = fc.uniqueArray(fc.string(), { maxLength: 30 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 100 }), (list, first) => {
        const read: string[] = [];
        let page = pageInList(list, { first }, self);
        read.push(...page.members);
        while (page.pageInfo.hasNextPage) {
          page = pageInList(list, { first, after: page.pageInfo.endCursor }, self);
          read.push(...page.members);
        }
        expect(read).toEqual(list);
      }),
    );
  });
});
