import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type Cruise } from "./cruise";

// One violation per rule. `uses` is an import that runs, `names` one of types alone.
const planted: Record<string, { from: string; names: string } | { from: string; uses: string }> = {
  "kernel-keeps-to-its-layer": { from: "src/kernel/a.ts", uses: "../domain/target" },
  "domain-keeps-to-its-layer": { from: "src/domain/a.ts", uses: "../providers/target" },
  "department-keeps-to-its-layer": { from: "src/department/a.ts", uses: "../providers/target" },
  "providers-keeps-to-its-layer": { from: "src/providers/a.ts", uses: "../upstream/target" },
  "config-keeps-to-its-layer": { from: "src/config/a.ts", uses: "../store/target" },
  "upstream-keeps-to-its-layer": { from: "src/upstream/a.ts", names: "../store/target" },
  "reading-keeps-to-its-layer": { from: "src/reading/a.ts", uses: "../graph/target" },
  "sessions-keeps-to-its-layer": { from: "src/sessions/a.ts", uses: "../store/target" },
  "links-keeps-to-its-layer": { from: "src/links/a.ts", uses: "../store/target" },
  "runs-keeps-to-its-layer": { from: "src/runs/a.ts", uses: "../graph/target" },
  "webhooks-keeps-to-its-layer": { from: "src/webhooks/a.ts", uses: "../store/target" },
  "store-keeps-to-its-layer": { from: "src/store/a.ts", names: "../reading/target" },
  "graph-keeps-to-its-layer": { from: "src/graph/a.ts", uses: "../upstream/target" },
  "guard-keeps-to-its-layer": { from: "src/guard/a.ts", uses: "../store/target" },
  "server-keeps-to-its-layer": { from: "src/server/a.ts", uses: "../store/target" },
  "sandbox-keeps-to-its-layer": { from: "src/sandbox/a.ts", uses: "../graph/target" },
  "upstream-sees-only-the-types-of-its-ports": { from: "src/upstream/b.ts", uses: "../providers" },
  "store-sees-only-the-types-of-its-ports": { from: "src/store/b.ts", uses: "../reading/ports" },
  "a-layer-has-one-face": { from: "src/reading/c.ts", names: "../sessions/behind" },
  "a-room-has-one-face": { from: "src/graph/e.ts", names: "./types/behind" },
  "a-part-of-a-vendor-has-one-face": { from: "src/providers/one/client.ts", names: "./mapper/behind" },
  "domain-is-pure": { from: "src/domain/b.ts", uses: "node:fs" },
  "vendors-do-not-know-each-other": { from: "src/providers/one/a.ts", uses: "../two/target" },
  "only-the-registry-knows-vendors": { from: "src/reading/b.ts", uses: "../providers/two/target" },
  "nobody-imports-main": { from: "src/compose/a.ts", uses: "../main" },
  "only-main-imports-compose": { from: "src/server/b.ts", uses: "../compose/a" },
  "settings-are-handed-down": { from: "src/graph/b.ts", uses: "../config/target" },
  "every-folder-has-a-layer": { from: "src/server/c.ts", uses: "../sundries/target" },
  "src-stands-alone": { from: "src/graph/c.ts", uses: "../../test/target" },
  "callers-import-nothing-from-src": { from: "playground/a.ts", uses: "../src/domain/target" },
  "src-needs-no-dev-dependency": { from: "src/graph/d.ts", uses: "only-for-tests" },
  "no-cycles": { from: "src/kernel/b.ts", uses: "./c" },
  "no-orphans": { from: "src/kernel/alone.ts", uses: "" },
  "imports-resolve": { from: "src/kernel/d.ts", uses: "./nowhere" },
  "own-imports-resolve": { from: "bench/a.mjs", uses: "./nowhere.mjs" },
};

const innocent: Record<string, string> = {
  "package.json": JSON.stringify({ devDependencies: { "only-for-tests": "1.0.0" } }),
  "node_modules/only-for-tests/package.json": JSON.stringify({ name: "only-for-tests", version: "1.0.0" }),
  "node_modules/only-for-tests/index.js": "exports.target = 1;",
  "src/main.ts": 'export * from "./compose/a";',
  "src/kernel/c.ts": 'export * from "./b";',
  "src/providers/index.ts": "export const target = 1;",
  "src/reading/ports.ts": "export const target = 1;",
  "src/upstream/honest.ts": 'export type { target } from "../providers";',
  "src/store/honest.ts": 'export type { target } from "../reading/ports";',
};
for (const file of ["sessions/behind", "graph/types/behind", "providers/one/mapper/behind"])
  innocent[`src/${file}.ts`] = "export const target = 1;";
const folders = "kernel domain providers providers/two config upstream reading store graph sundries".split(" ");
for (const folder of folders) innocent[`src/${folder}/target.ts`] = "export const target = 1;";
innocent["test/target.ts"] = "export const target = 1;";

const { forbidden } = jest.requireActual<{ forbidden: readonly { name: string }[] }>("../.dependency-cruiser.js");
const ruleNames = forbidden.map((rule) => rule.name);
let tree: string;
let result: Cruise;

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), "planted-"));
  for (const [path, text] of Object.entries(innocent)) plant(path, text);
  for (const violation of Object.values(planted)) {
    const [keyword, to] = "uses" in violation ? ["", violation.uses] : ["type ", violation.names];
    plant(violation.from, to === "" ? "export {};" : `export ${keyword}{ target } from "${to}";`);
  }
  result = await cruise(tree, ["src", "playground", "bench"]);
});

afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

test.each(ruleNames)("%s bites", (name) => {
  expect(result.violations).toContainEqual(
    expect.stringContaining(`${name}: ${planted[name]?.from ?? "(nothing planted)"} → `),
  );
});

test("code that implements a port by its types alone goes unpunished", () => {
  expect(result.violations.filter((violation) => violation.includes("honest.ts"))).toEqual([]);
});

function plant(path: string, text: string): void {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}
