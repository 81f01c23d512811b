const base = require("./jest.config.js");

/**
 * The tests that need a browser; CHROMIUM says where it is when it is not /usr/bin/chromium.
 * @type {import("jest").Config}
 */
module.exports = { ...base, testMatch: ["<rootDir>/test/browser/**/*.browser.ts"], testTimeout: 60_000 };
