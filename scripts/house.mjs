// house.mjs [--check] [FOLDER]: prints what the layout of src costs its reader, beside the targets. With --check it fails
// where a target is missed, with --unused only where an export is imported by nobody. WALK=PAN lists the files of one walk. What a walk counts stands in walk.mjs.
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { readFlows, walk } from "./walk.mjs";

const [folder = join(import.meta.dirname, "..")] = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const root = resolve(folder);
const src = join(root, "src/");
const isOwn = (file) => file.startsWith(src);

/** Where each walk starts, and the one vendor through whose folder it goes. */
const walks = [
  { what: "PAN", vendor: "eko", starts: isParameter("pan", "taxpayer"), maxFiles: 55, maxCrossings: 50 },
  { what: "salary", vendor: "finpass", starts: isFilled("salary", "mapper") },
  { what: "password", vendor: "kwikid", starts: isField("password", "OpenSessionInput") },
  { what: "OTP", vendor: "kwikid", starts: isField("otp", "SubmitOtpInput") },
];

const files = globSync("src/**/*.ts", { cwd: root }).map((file) => join(root, file));
const program = ts.createProgram(
  [...files, ...globSync("test/**/*.ts", { cwd: root }).map((file) => join(root, file))],
  {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.es2024.d.ts", "lib.esnext.disposable.d.ts"],
    types: [],
    strict: true,
    experimentalDecorators: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    noEmit: true,
  },
);
const flows = readFlows(program, isOwn);
const { checker } = flows;

const lines = flows.files.map(({ text }) => text.split("\n").filter((line) => line.trim() !== "").length);
const total = sum(lines);
const exported = exportedSymbols();
const unused = unusedExports();
const folders = Map.groupBy(flows.files, ({ fileName }) => dirname(fileName).slice(root.length + 1));
const [largest, inLargest] = [...folders].map(([name, list]) => [name, list.length]).sort((a, b) => b[1] - a[1])[0];

const rows = [
  row("files of src", flows.files.length),
  row("median lines of a file, blank ones not counted", median(lines)),
  row("lines per exported name", oneDigit(total / exported.size), { least: 30 }),
  row("relative imports per 100 lines", oneDigit((100 * relativeImports()) / total), { most: 6 }),
  row(`files in the largest folder (${largest})`, inLargest),
  row("exports that nobody imports", unused.length, { most: 0 }),
  ...walks.flatMap(rowsOfWalk),
];
for (const { what, value, target } of rows) console.log(`${what.padEnd(52)} ${String(value).padStart(7)}   ${target}`);
for (const symbol of unused) console.log(`  unused: ${placeOf(symbol)}`);
const isChecked = process.argv.includes("--check") && rows.some(({ isMissed }) => isMissed);
const isUnusedChecked = process.argv.includes("--unused") && unused.length > 0;
if (isChecked || isUnusedChecked) process.exitCode = 1;

function rowsOfWalk({ what, vendor, starts, maxFiles, maxCrossings }) {
  const otherVendor = new RegExp(`^${src}providers/(?!${vendor}/)[^/]+/`);
  const isOn = (file) => isOwn(file) && !otherVendor.test(file) && !file.startsWith(join(src, "sandbox/"));
  const found = nodesOf(flows.files, (node) => isOn(node.getSourceFile().fileName) && starts(node));
  // A walk without a start would look like a short one.
  if (found.length === 0) throw new Error(`The walk of ${what} starts nowhere: name its start anew in house.mjs.`);
  const passed = walk(flows, found, isOn);
  const isThrough = passed.files.some((file) => file.startsWith(join(src, "providers", vendor)));
  if (maxFiles !== undefined && !isThrough)
    throw new Error(`The walk of ${what} never reaches ${vendor}: a call in its way is not followed.`);
  if (process.env.WALK === what) {
    for (const file of passed.files) console.log(`  ${what}: ${file.slice(root.length + 1)}`);
  }
  return [
    row(`files that ${what} passes`, passed.files.length, { most: maxFiles }),
    row(`folder crossings of ${what}`, passed.crossings.length, { most: maxCrossings }),
  ];
}

function row(what, value, { least = -Infinity, most = Infinity } = {}) {
  const target = Number.isFinite(least) ? `≥ ${least}` : Number.isFinite(most) ? `≤ ${most}` : "";
  const isMissed = value < least || value > most;
  return { what, value, target: isMissed ? `${target}  missed` : target, isMissed };
}

function isParameter(name, method) {
  return (node) =>
    ts.isParameter(node) &&
    node.name.getText() === name &&
    node.parent.name?.getText() === method &&
    /\/graph\//.test(node.getSourceFile().fileName);
}

function isField(name, owner) {
  return (node) =>
    ts.isPropertyDeclaration(node) && node.name.getText() === name && node.parent.name?.getText() === owner;
}

function isFilled(name, room) {
  return (node) =>
    ts.isPropertyAssignment(node) && node.name.getText() === name && node.getSourceFile().fileName.includes(`/${room}`);
}

/** Each name where it is declared; an index that hands it on is no second one. */
function exportedSymbols() {
  const symbols = new Set();
  for (const file of flows.files) {
    const module = checker.getSymbolAtLocation(file);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      if (plain(symbol).declarations?.some((each) => each.getSourceFile() === file)) symbols.add(plain(symbol));
    }
  }
  return symbols;
}

/** Imported by src, the tests, or named by a script that loads the built module. Handing on is not importing. */
function unusedExports() {
  const used = new Set();
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${root}/`) && !/node_modules/.test(fileName));
  for (const node of nodesOf(ours, (each) => ts.isIdentifier(each) || ts.isImportTypeNode(each))) {
    if (ts.isImportTypeNode(node)) noteAll(checker.getTypeFromTypeNode(node).symbol);
    else if (ts.isImportSpecifier(node.parent) || ts.isImportClause(node.parent))
      used.add(plain(checker.getSymbolAtLocation(node)));
    else if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)
      used.add(plain(checker.getSymbolAtLocation(node)));
    else if (ts.isQualifiedName(node.parent) && node.parent.right === node)
      used.add(plain(checker.getSymbolAtLocation(node)));
    else if (ts.isBindingElement(node.parent))
      used.add(plain(checker.getTypeAtLocation(node.parent.parent).getProperty(node.text)));
  }
  const scripts = globSync("{scripts,bench}/**/*.{mjs,cjs}", { cwd: root, exclude: ["**/node_modules"] });
  const text = scripts
    .map((file) => readFileSync(join(root, file), "utf8"))
    .filter((each) => each.includes("dist/server"))
    .join("\n");
  return [...exported].filter((symbol) => !used.has(symbol) && !new RegExp(`\\b${symbol.name}\\b`).test(text));

  function noteAll(symbol) {
    if (symbol) used.add(plain(symbol));
  }
}

function relativeImports() {
  const isRelative = ({ moduleSpecifier }) => moduleSpecifier?.text.startsWith(".");
  return nodesOf(
    flows.files,
    (node) => (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && isRelative(node),
  ).length;
}

function nodesOf(sources, isWanted) {
  const found = [];
  const visit = (node) => {
    if (isWanted(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return found;
}

function plain(symbol) {
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function placeOf(symbol) {
  return `${symbol.name} in ${symbol.declarations[0].getSourceFile().fileName.slice(root.length + 1)}`;
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}

function oneDigit(number) {
  return Math.round(number * 10) / 10;
}
