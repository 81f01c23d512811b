import { countUnknown } from "../../src/providers/replies";

const known = { name: true, file: true, years: { label: true } } as const;

it.each<[string, unknown, number]>([
  ["the fields it knows", { name: "A", years: [{ label: 1 }] }, 0],
  ["a strange field", { name: "A", colour: 1 }, 1],
  ["strange fields in every entry of a list", { years: [{ colour: 1 }, { colour: 2, size: 3 }] }, 3],
  ["nothing within what it does not look into", { file: { colour: 1 } }, 0],
  ["names that every object inherits", { constructor: 1, toString: 2 }, 2],
  ["no object", "text", 0],
  ["nothing", null, 0],
])("counts %s", (_what, value, count) => {
  expect(countUnknown(value, known)).toBe(count);
});

it("looks no deeper than it knows", () => {
  expect(countUnknown({ years: JSON.parse("[".repeat(10_000) + "]".repeat(10_000)) as unknown }, known)).toBe(0);
});
