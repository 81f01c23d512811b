import { parse } from "graphql";
import type { Selection } from "../../src/graph/selection/selection";
import { selectionIn, selectionOf } from "./selecting";

function namesOf(fields: readonly Selection[]): string[] {
  return fields.map(({ name }) => name);
}

describe("what an operation selects", () => {
  it("is told at every depth", () => {
    const [filings] = selectionOf("{ taxpayer { filings { edges { node { id status } } } } }");
    const [edges] = filings!.fields();
    const [node] = edges!.fields();
    expect(namesOf(node!.fields())).toEqual(["id", "status"]);
  });

  it("is one field where it is written twice", () => {
    const fields = selectionOf("{ taxpayer { profile { name } profile { gender } } }");
    expect(namesOf(fields)).toEqual(["profile"]);
    expect(namesOf(fields[0]!.fields())).toEqual(["name", "gender"]);
  });

  it("is one field where the taxpayer itself is written twice", () => {
    expect(namesOf(selectionOf("{ taxpayer { id } taxpayer { demands { amount } } }"))).toEqual(["id", "demands"]);
  });

  it("is one field for each alias", () => {
    const fields = selectionOf(
      `{ taxpayer { a: filing(assessmentYear: "2024-25") { id } b: filing(assessmentYear: "2025-26") { id } } }`,
    );
    expect(fields.map((field) => field.arguments().assessmentYear)).toEqual(["2024-25", "2025-26"]);
  });

  it("includes what fragments bring", () => {
    const fields = selectionOf(
      "{ taxpayer { ...Who } } fragment Who on Taxpayer { ... on Node { id } profile { name } }",
    );
    expect(namesOf(fields)).toEqual(["id", "profile"]);
  });

  it("leaves out what a directive skips", () => {
    const query = "query ($no: Boolean!) { taxpayer { id profile @include(if: $no) { name } } }";
    expect(namesOf(selectionOf(query, { no: false }))).toEqual(["id"]);
  });

  it("leaves out the names of types", () => {
    expect(namesOf(selectionOf("{ taxpayer { __typename id } }"))).toEqual(["id"]);
  });

  it("tells arguments with variables filled in", () => {
    const query = "query ($first: Int) { taxpayer { filings(first: $first) { nodes { id } } } }";
    expect(selectionOf(query, { first: 3 })[0]!.arguments()).toEqual({ first: 3 });
  });

  it("tells what an argument is when it is left out", () => {
    expect(selectionOf("{ taxpayer { filings { nodes { id } } } }")[0]!.arguments()).toEqual({ first: 10 });
  });

  it("is read once of a document that is asked again", () => {
    const document = parse("{ taxpayer { profile { name } ...Who } } fragment Who on Taxpayer { id }");
    expect(selectionIn(document)).toBe(selectionIn(document));
  });

  it("is read anew where a fragment's directive may say otherwise", () => {
    const document = parse(
      "query ($no: Boolean!) { taxpayer { ...Who } } fragment Who on Taxpayer { id demands @include(if: $no) { amount } }",
    );
    expect([true, false].map((no) => namesOf(selectionIn(document, { no })))).toEqual([["id", "demands"], ["id"]]);
  });
});
