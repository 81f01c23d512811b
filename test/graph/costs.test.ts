import { isObjectType } from "graphql";
import { sizeArgumentByField, weightByField } from "../../src/guard/price";
import { buildGraph } from "../../src/graph/schema";

const { schema } = buildGraph();
const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ path: `${type.name}.${field.name}`, field })));

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
