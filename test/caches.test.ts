import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs/caches.md"), "utf8");
const declaration =
  /^\s*(?:export )?(?:const|let) (\w+) = (?:memoizeWeak|memoize|createLruCache|new LRUCache|new WeakMap)\b/gm;

/** The kernel only offers the means. */
const caches = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("kernel"))
  .flatMap((path) =>
    [...readFileSync(join(root, "src", path), "utf8").matchAll(declaration)].map(([, name = ""]) => ({ path, name })),
  );

it("finds the caches of src", () => {
  expect(caches.length).toBeGreaterThan(20);
});

it.each(caches)("$name of $path is described in docs/caches.md", ({ name }) => {
  expect(page).toContain(`\`${name}\``);
});
