import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { cruise } from "./cruise";

const root = join(__dirname, "..");
const folders = ["src", "playground", "console", "packages", "bench", "examples"].filter((folder) =>
  existsSync(join(root, folder)),
);
const sources = globSync("src/**/*", { cwd: root, withFileTypes: true });
const files = sources.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

test("every import keeps to the rules of .dependency-cruiser.js", async () => {
  const { moduleCount, violations } = await cruise(root, folders);
  // A run that saw next to nothing has proved nothing.
  expect(moduleCount).toBeGreaterThan(files.length / 2);
  expect(violations).toEqual([]);
});

test("no file of src passes 400 lines", () => {
  const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 401);
  expect(long).toEqual([]);
});

test("names say what is inside, never that it is a drawer", () => {
  const drawers = ["utils", "util", "helpers", "helper", "lib", "common", "misc", "shared"];
  expect(sources.map((entry) => entry.name).filter((name) => drawers.includes(basename(name, ".ts")))).toEqual([]);
});

test("names in src are camelCase", () => {
  const odd = sources.map((entry) => entry.name).filter((name) => !/^[a-z][a-zA-Z0-9]*(\.[a-z]+)*$/.test(name));
  expect(odd).toEqual([]);
});
