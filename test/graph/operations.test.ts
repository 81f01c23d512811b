import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { concatAST, Kind, parse, print, visit, type SelectionSetNode } from "graphql";

const folder = join(__dirname, "../../schema/operations");
const all = concatAST(readdirSync(folder).map((file) => parse(readFileSync(join(folder, file), "utf8"))));

/** Selections that are long enough to be worth a name. */
function longSelections(): string[] {
  const printed: string[] = [];
  const note = ({ selections }: SelectionSetNode) => {
    if (selections.filter(({ kind }) => kind === Kind.FIELD).length >= 5) {
      printed.push(selections.map(print).toSorted().join(" "));
    }
  };
  visit(all, { SelectionSet: note });
  return printed;
}

test("no long selection is written twice: fragments are shared", () => {
  const selections = longSelections();
  expect(selections.filter((each, at) => selections.indexOf(each) !== at)).toEqual([]);
});
