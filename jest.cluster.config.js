const base = require("./jest.config.js");

/**
 * The tests on a real cluster: `test/cluster/install.sh` brings its programs.
 * @type {import("jest").Config}
 */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/test/cluster/**/*.test.ts"],
  // Starting a cluster takes half a minute, and each fault up to 75 seconds.
  testTimeout: 120_000,
  maxWorkers: 1,
};
