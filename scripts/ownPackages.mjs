// ownPackages.mjs FOLDER: ends with a plain word where a folder's own packages are missing.
import { existsSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (!existsSync(join(import.meta.dirname, "..", folder, "node_modules"))) {
  console.error(`${folder} has packages of its own, installed where they are used: npm --prefix ${folder} ci`);
  process.exitCode = 1;
}
