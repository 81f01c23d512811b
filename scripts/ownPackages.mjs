// ownPackages.mjs FOLDER: ends with a plain word where a folder's own packages are missing, or are not those of its lock file.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const at = join(import.meta.dirname, "..", folder);

function versionsIn(file) {
  if (!existsSync(file)) return undefined;
  const { packages } = JSON.parse(readFileSync(file, "utf8"));
  return new Map(Object.entries(packages).map(([name, { version }]) => [name, version]));
}

const wanted = versionsIn(join(at, "package-lock.json")) ?? new Map();
const installed = versionsIn(join(at, "node_modules/.package-lock.json"));
// What is optional may be left out on this machine; what is there must be the right one.
const isAsLocked =
  installed !== undefined &&
  [...installed].every(([name, version]) => wanted.get(name) === version) &&
  Object.keys(JSON.parse(readFileSync(join(at, "package.json"), "utf8")).dependencies ?? {}).every((name) =>
    installed.has(`node_modules/${name}`),
  );
if (!isAsLocked) {
  console.error(`${folder} has packages of its own, installed where they are used: npm --prefix ${folder} ci`);
  process.exitCode = 1;
}
