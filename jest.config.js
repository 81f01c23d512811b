// Packages that jest cannot load as they are: ES modules, and a dynamic import. swc turns them into CommonJS.
const turnedIntoCommonJs = [
  "jose",
  "graphql-ws",
  "fast-check",
  "pure-rand",
  "undici",
  "pg-boss",
  "serialize-error",
  "non-error",
  "@opentelemetry/otlp-exporter-base",
];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // The gateways are not installed with the rest: see jest.federation.config.js.
  testMatch: ["<rootDir>/test/!(federation|cluster|processes)/**/*.test.ts", "<rootDir>/test/*.test.ts"],
  transform: { "\\.([cm]?[jt]s)$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${turnedIntoCommonJs.join("|")})/)`],
  setupFiles: ["reflect-metadata"],
  // Most tests wait for PostgreSQL or for a process of their own, and not for the processor.
  maxWorkers: 3,
  testTimeout: 30_000,
};
