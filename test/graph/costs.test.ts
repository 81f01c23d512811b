import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildASTSchema,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
  type GraphQLField,
} from "graphql";
import { costs } from "../../src/graph/costs";
import { buildGraph } from "../../src/graph/schema";
import { createGuard } from "../../src/guard/guard";
import { usualLimits } from "../support/usualLimits";

const { assumedSize, listsOfPage, sizeArgumentByField, weightByField } = costs;
const { schema } = buildGraph();
const fields = fieldsIn(schema);

function fieldsIn(read: typeof schema) {
  return Object.values(read.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ path: `${type.name}.${field.name}`, field })));
}

it.each(fields.flatMap(({ path, field }) => (field.args.some(({ name }) => name === "first") ? [path] : [])))(
  "%s is priced by the length that is asked for",
  (path) => {
    expect(sizeArgumentByField[path]).toBe("first");
  },
);

it("prices are of fields that there are", () => {
  const paths = new Set(fields.map(({ path }) => path));
  const priced = [...Object.keys(weightByField), ...Object.keys(sizeArgumentByField)];
  expect(priced.filter((path) => !paths.has(path))).toEqual([]);
});

/** Only the committed text counts: federation's own definitions are what a router reads it with. */
const published = (() => {
  const definitions = `
    directive @cost(weight: Int!) on FIELD_DEFINITION
    directive @listSize(
      assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true
    ) on FIELD_DEFINITION`;
  const text = readFileSync(join(__dirname, "../../schema/subgraph.graphql"), "utf8");
  const read = buildASTSchema(parse(`${text}${definitions}`), { assumeValidSDL: true });
  return Object.values(read.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        path: `${type.name}.${field.name}`,
        field,
        weight: markOf(field, read, "cost")?.weight,
        size: markOf(field, read, "listSize"),
      })),
    );
})();

function markOf({ astNode }: GraphQLField<unknown, unknown>, read: typeof schema, name: string) {
  return astNode ? getDirectiveValues(read.getDirective(name)!, astNode) : undefined;
}

describe("the published schema", () => {
  it("gives every field the weight that the guard gives it", () => {
    const weights = published.flatMap(({ path, weight }) => (weight === undefined ? [] : [[path, weight]]));
    expect(Object.fromEntries(weights)).toEqual(weightByField);
  });

  it("sizes pages by the argument that the guard looks at", () => {
    const sized = published.flatMap(({ path, size }) => (size?.sizedFields ? [[path, size]] : []));
    const wanted = Object.entries(sizeArgumentByField).filter(([, argument]) => argument === "first");
    expect(Object.fromEntries(sized)).toEqual(
      Object.fromEntries(
        wanted.map(([path, argument]) => [
          path,
          { slicingArguments: [argument], sizedFields: listsOfPage, requireOneSlicingArgument: false },
        ]),
      ),
    );
  });

  it("sizes a list without pages by the argument that the guard looks at", () => {
    const { size } = published.find(({ path }) => path === "ProviderHealth.history")!;
    expect(size).toEqual({ slicingArguments: ["periods"], requireOneSlicingArgument: false });
  });

  it("assumes the guard's length for every other list of objects", () => {
    const lists = published.filter(
      ({ path, field }) =>
        isListType(getNullableType(field.type)) &&
        isCompositeType(getNamedType(field.type)) &&
        !listsOfPage.includes(field.name) &&
        !["Query.taxpayers", "ProviderHealth.history"].includes(path),
    );
    expect(lists.length).toBeGreaterThan(20);
    expect(new Set(lists.map(({ size }) => size?.assumedSize))).toEqual(new Set([assumedSize]));
  });
});

it.each([
  ["a weight", "{ plan(documents: [FILINGS], pan: $pan) { portalLogins } }", weightByField["Query.plan"]],
  ["a list that a number sizes", "{ providers { health { history(periods: 7) { calls } } } }", assumedSize * 9],
  ["a list that its default sizes", "{ providers { health { history { calls } } } }", assumedSize * 14],
  ["a list that is not sized", "{ providers { id } }", assumedSize],
])("the guard counts by %s as published", (_what, query, cost) => {
  const guard = createGuard(schema, usualLimits);
  const asked = { text: `query ($pan: Pan!) ${query}`, operationName: undefined, variables: {}, isInAddress: false };
  expect(guard.admit(asked)?.judge(undefined, {})).toBe(cost);
});
