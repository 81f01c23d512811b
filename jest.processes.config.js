const base = require("./jest.config.js");

/**
 * The tests that start the service as processes of its own, kill them, and look at what is left.
 * @type {import("jest").Config}
 */
module.exports = { ...base, testMatch: ["<rootDir>/test/processes/**/*.test.ts"], maxWorkers: 2, testTimeout: 60_000 };
