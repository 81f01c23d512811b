// Runs after each install, under whatever Node npm has: removes what is large and never loaded here, 140 MB.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const packages = join(import.meta.dirname, "../node_modules");
const runtimes = join(packages, "node/node_modules");
// The C++ headers of the pinned runtime: no package here is compiled.
const headers = list(runtimes).map((name) => join(runtimes, name, "include"));
// Ready-made copies of the editor: the playground is bundled from `esm`.
const editors = ["dev", "min", "min-maps"].map((name) => join(packages, "monaco-editor", name));

for (const folder of [...headers, ...editors]) rmSync(folder, { recursive: true, force: true });

function list(folder) {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith(".")) : [];
}
