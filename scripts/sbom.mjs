// Prints what runs in production as a CycloneDX document. The same lock file always gives the same document.
import { readFileSync } from "node:fs";
import { nameOf, productionPackages, readLockFile } from "./lockFile.mjs";

const { name, version, license } = JSON.parse(readFileSync("package.json", "utf8"));
const packages = readLockFile();
const production = productionPackages(packages);
const referenceOf = (path) => `${nameOf(path)}@${packages[path].version}#${path}`;
const own = `${name}@${version}`;
const direct = Object.keys(packages[""].dependencies).map((each) => `node_modules/${each}`);

const document = {
  $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { component: { "bom-ref": own, type: "application", name, version, licenses: licencesOf(license) } },
  components: [...production.keys()].map(componentOf),
  dependencies: [
    { ref: own, dependsOn: direct.map(referenceOf) },
    ...[...production].map(([path, needs]) => ({ ref: referenceOf(path), dependsOn: needs.map(referenceOf) })),
  ],
};
console.log(JSON.stringify(document, undefined, 2));

function componentOf(path) {
  const { version: locked, license: named, integrity, optional } = packages[path];
  const [scope, plain] = nameOf(path).startsWith("@") ? nameOf(path).split("/") : [undefined, nameOf(path)];
  return {
    "bom-ref": referenceOf(path),
    type: "library",
    ...(scope && { group: scope }),
    name: plain,
    version: locked,
    scope: optional ? "optional" : "required",
    hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex") }],
    licenses: licencesOf(named),
    purl: `pkg:npm/${scope ? `${encodeURIComponent(scope)}/` : ""}${plain}@${locked}`,
  };
}

function licencesOf(expression) {
  return / (OR|AND) /.test(expression) ? [{ expression }] : [{ license: { id: expression } }];
}
