// Bundles console/ with all it needs, so that the page works without the internet.
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");

export async function buildConsole(outdir) {
  await Promise.all([
    build({
      absWorkingDir: root,
      outdir,
      entryPoints: { page: "console/page.tsx" },
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2024",
      logLevel: "warning",
      // graphql-js asks whether there is a process before it asks for its environment.
      define: { "process.env.NODE_ENV": '"production"', "globalThis.process": "true" },
    }),
    copyFile(join(root, "console/index.html"), join(outdir, "index.html")),
  ]);
}
