// Prints what is derived from the code: the graph's SDL, the register of faults and the people of the sandbox as pages.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { buildGraph } = require("../dist/server/graph/schema.js");
const { printFaultTable } = require("../dist/server/kernel/faultTable.js");
const { personaPage } = require("../dist/server/sandbox/personaTable.js");

const folder = join(import.meta.dirname, "../schema");
writeFileSync(join(folder, "subgraph.graphql"), buildGraph().sdl);
writeFileSync(join(folder, "problems.md"), printFaultTable());
writeFileSync(join(import.meta.dirname, "../docs/personas.md"), personaPage());
