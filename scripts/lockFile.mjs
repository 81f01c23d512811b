// What package-lock.json says of the packages that run in production.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences that ask for nothing but to be named. Whatever else turns up is for a person to read first. */
const allowedLicences = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "PostgreSQL",
  "Unlicense",
]);

/** Without the workspaces, which are our own: a link in node_modules and the folder that it leads to. */
export function readLockFile(folder = ".") {
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const ours = new Set(Object.values(packages).flatMap(({ link, resolved }) => (link ? [resolved] : [])));
  return Object.fromEntries(Object.entries(packages).filter(([path, { link }]) => !link && !ours.has(path)));
}

export function nameOf(path) {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/**
 * The paths of all packages that production needs, each with the paths of those it needs itself. Followed from
 * package.json's own dependencies, since `npm sbom --omit dev` leaves out whatever development needs as well.
 */
export function productionPackages(packages) {
  const needsByPath = new Map();
  const pending = needsOf(packages, "", { ...packages[""].dependencies, ...packages[""].optionalDependencies });
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (needsByPath.has(path)) continue;
    const { dependencies, optionalDependencies, peerDependencies } = packages[path];
    const needs = needsOf(packages, path, { ...peerDependencies, ...optionalDependencies, ...dependencies });
    needsByPath.set(path, needs);
    pending.push(...needs);
  }
  return new Map([...needsByPath].sort(([one], [other]) => one.localeCompare(other, "en")));
}

/** As node looks for them: in the package's own folder first, then in each folder above. What is not there is optional. */
function needsOf(packages, path, wanted) {
  return Object.keys(wanted).flatMap((name) => {
    for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
      const candidate = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      if (packages[candidate]) return [candidate];
      if (folder === "") return [];
    }
  });
}

/** An expression as SPDX writes it, of which one alternative must be allowed as a whole. */
export function isAllowedLicence(expression) {
  return String(expression ?? "")
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((alternative) => alternative.split(" AND ").every((licence) => allowedLicences.has(licence)));
}
