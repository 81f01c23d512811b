// Prints what is derived from the code: the graph's SDL, and the register of faults as a page.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { buildGraph } = require("../dist/server/graph/schema.js");
const { printFaultTable } = require("../dist/server/kernel/faultTable.js");

const folder = join(import.meta.dirname, "../schema");
writeFileSync(join(folder, "subgraph.graphql"), buildGraph().sdl);
writeFileSync(join(folder, "problems.md"), printFaultTable());
