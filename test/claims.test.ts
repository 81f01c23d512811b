import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const root = join(__dirname, "..");
const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/asvs.md"];
const files = globSync("{src,test,docs,schema,scripts,playground,examples}/**/*.*", {
  cwd: root,
  exclude: ["**/node_modules"],
});
const settings = files
  .filter((file) => /^src\/(config|providers)\//.test(file))
  .map((file) => readFileSync(join(root, file), "utf8"))
  .concat(readFileSync(join(root, "src/kernel/limits.ts"), "utf8"))
  .join("\n");

/** Each once, and with the page that names it. */
function named(pattern: RegExp): [page: string, name: string][] {
  return pages.flatMap((page) => {
    const names = readFileSync(join(root, page), "utf8").matchAll(pattern);
    return [...new Set([...names].map(([, name]) => name!))].map((name): [string, string] => [page, name]);
  });
}

/** `a.ts` is a file of that name, `b/a.ts` one in such a folder, and a star stands for one folder's name. */
function filesCalled(name: string): string[] {
  const path = new RegExp(`(^|/)${name.replaceAll(".", "\\.").replaceAll("*", "[^/]+")}$`);
  return files.filter((file) => path.test(file));
}

it.each(named(/`([\w./*-]+\.(?:ts|mjs|md|graphql))`/g).filter(([, name]) => !pages.includes(name)))(
  "%s names %s, which can be found",
  (_page, name) => {
    const found = new Set(filesCalled(name).map((file) => (name.includes("*") ? basename(file) : file)));
    expect([...found]).toHaveLength(1);
  },
);

it.each(named(/`(AAY_[A-Z_]+[A-Z])`/g))("%s names %s, which can be set", (_page, name) => {
  expect(settings).toContain(`"${name}"`);
});
