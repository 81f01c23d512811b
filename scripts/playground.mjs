// Bundles playground/ with all it needs, so that the page works without the internet.
import { copyFile, glob, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: "es2024",
  logLevel: "warning",
  // graphql-js asks whether there is a process before it asks for its environment.
  define: {
    "process.env.NODE_ENV": '"production"',
    "globalThis.process": "true",
    "process.env.USE_IMPORT": '"true"',
  },
};

export async function buildPlayground(outDir) {
  await Promise.all([
    bundlePage(outDir),
    bundleWorkers(outDir),
    copyFile(join(root, "playground/index.html"), join(outDir, "index.html")),
  ]);
}

async function bundlePage(outdir) {
  await build({
    ...common,
    outdir,
    entryPoints: ["playground/page.tsx"],
    format: "esm",
    // Prettier is large and waits in a chunk of its own until somebody asks for tidier text.
    splitting: true,
    // GraphiQL asks for these two as CommonJS, which loses its named exports in a chunk; their ES modules keep them.
    alias: {
      "prettier/parser-babel": "prettier/plugins/babel",
      "prettier/parser-graphql": "prettier/plugins/graphql",
    },
    loader: { ".ttf": "file" },
  });
  // esbuild writes styles once more for every dynamic import, and nothing loads those copies.
  for await (const copy of glob("*-*.css", { cwd: outdir })) await rm(join(outdir, copy));
}

async function bundleWorkers(outdir) {
  await build({
    ...common,
    outdir,
    entryPoints: {
      "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
      "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
      "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    },
    format: "iife",
  });
}
