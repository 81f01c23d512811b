// Makes dist/ from src/, playground/ and console/. It runs before every start, so a part whose sources have not changed is left alone.
// build.mjs server: the server alone, since the console is built with types that are printed from the server's graph.
import { createHash } from "node:crypto";
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { transformFileSync } from "@swc/core";
import { buildConsole } from "./console.mjs";
import { buildPlayground } from "./playground.mjs";

process.chdir(join(import.meta.dirname, ".."));

await rebuild("dist/server", ["src/**/*.{ts,json}", ".swcrc", "package-lock.json"], (outDir) => {
  for (const file of globSync("src/**/*.ts")) {
    const target = join(outDir, file.slice("src/".length).replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    // Node looks for a source from where its map lies.
    const sourceFileName = relative(dirname(target), file);
    const { code, map } = transformFileSync(file, { sourceMaps: true, inlineSourcesContent: false, sourceFileName });
    writeFileSync(target, `${code}\n//# sourceMappingURL=${target.split("/").at(-1)}.map\n`);
    writeFileSync(`${target}.map`, map);
  }
  for (const file of globSync("src/**/*.json")) {
    const target = join(outDir, file.slice("src/".length));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
});
await rebuild("dist/playground", ["playground/**/*.*", "scripts/playground.mjs", "package-lock.json"], buildPlayground);
const consoleSources = ["console/**/*.*", "packages/client/src/*.ts", "scripts/console.mjs", "package-lock.json"];
await rebuild("dist/console", consoleSources, buildConsole);

async function rebuild(outDir, patterns, build) {
  const only = process.argv[2];
  if (only !== undefined && outDir !== `dist/${only}`) return;
  const stampFile = `${outDir}.stamp`;
  const stamp = stampOf(patterns);
  if (stamp === readIfThere(stampFile)) return;
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  await build(outDir);
  writeFileSync(stampFile, stamp);
}

function stampOf(patterns) {
  const hash = createHash("sha256").update(readFileSync(import.meta.filename));
  for (const file of patterns.flatMap((pattern) => globSync(pattern)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
