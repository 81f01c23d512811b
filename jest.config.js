// Packages that ship ES modules only: jest cannot require them, so swc turns them into CommonJS.
const esModulesOnly = [
  "jose",
  "graphql-ws",
  "fast-check",
  "pure-rand",
  "undici",
  "pg-boss",
  "serialize-error",
  "non-error",
];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "\\.([cm]?[jt]s)$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly.join("|")})/)`],
  setupFiles: ["reflect-metadata"],
  testTimeout: 30_000,
};
