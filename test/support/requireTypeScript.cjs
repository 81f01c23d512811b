// Lets a process that a test starts require the sources as they are: `node --require <this file> <script>.ts`.
const { readFileSync } = require("node:fs");
const { transformSync } = require("@swc/core");

require.extensions[".ts"] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, "utf8"), { filename, sourceMaps: "inline" });
  module._compile(code, filename);
};
