const base = require("./jest.config.js");

/**
 * The tests that need the gateways: `npm --prefix examples/supergraph ci` brings them.
 * @type {import("jest").Config}
 */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/test/federation/**/*.test.ts"],
  // What the top folder does not have is looked for among the example's packages.
  modulePaths: ["<rootDir>/examples/supergraph/node_modules"],
};
