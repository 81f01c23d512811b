const { existsSync, globSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const base = require("./jest.config.js");

process.env.FUZZ_SHARE ??= "0.05";

/** What needs time: a database, a server, a process of its own. */
const slow = new Set(["pg", "node:http", "node:child_process"]);
const importLine = /^(?:import|export)\s+(?!type\s)(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const importsByFile = new Map();

/**
 * The tests whose imports, followed to their ends, reach nothing slow.
 * @type {import("jest").Config}
 */
module.exports = {
  ...base,
  testMatch: globSync("test/**/*.test.ts", { cwd: __dirname, exclude: ["test/federation"] })
    .filter((file) => !isSlow(join(__dirname, file)))
    .map((file) => `<rootDir>/${file}`),
};

function isSlow(test) {
  const seen = new Set();
  const pending = [test];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const name of importsOf(file)) {
      if (slow.has(name)) return true;
      const found = name.startsWith(".") && findSource(join(dirname(file), name));
      if (found) pending.push(found);
    }
  }
  return false;
}

function importsOf(file) {
  const known = importsByFile.get(file);
  if (known) return known;
  const names = [...readFileSync(file, "utf8").matchAll(importLine)].map(([, name]) => name);
  importsByFile.set(file, names);
  return names;
}

function findSource(path) {
  return [`${path}.ts`, join(path, "index.ts")].find((file) => existsSync(file));
}
