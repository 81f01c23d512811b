// Prints what is derived from the code: the graph's SDL, and the AsyncAPI description of webhooks, as pages who may have what of the graph, the register of faults, the
// states of a session and the people of the sandbox.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { buildGraph } = require("../dist/server/graph/index.js");
const { printAccessTable } = require("../dist/server/graph/authorization/accessTable.js");
const { printFaultTable } = require("../dist/server/commands/registerPages.js");
const { printLimitTable, printLinkStates, printSessionStates } = require("../dist/server/commands/registerPages.js");
const { printSettings } = require("../dist/server/config/settingsTable.js");
const { providers } = require("../dist/server/providers/registry.js");
const { printAsyncApi } = require("../dist/server/webhooks/asyncApi.js");
const { personaBook, personaPage } = require("../dist/server/sandbox/personaTable.js");

const folder = join(import.meta.dirname, "../schema");
const { schema, sdl } = buildGraph();
writeFileSync(join(folder, "subgraph.graphql"), sdl);
writeFileSync(join(folder, "access.md"), printAccessTable(schema));
writeFileSync(join(folder, "problems.md"), printFaultTable());
writeFileSync(join(folder, "asyncapi.json"), printAsyncApi());
const docs = join(import.meta.dirname, "../docs");
writeFileSync(join(docs, "limits.md"), printLimitTable());
writeFileSync(join(docs, "configuration.md"), printSettings(providers));
writeFileSync(join(docs, "sessionStates.md"), printSessionStates());
writeFileSync(join(docs, "linkStates.md"), printLinkStates());
writeFileSync(join(docs, "personas.md"), personaPage());
writeFileSync(join(import.meta.dirname, "../examples/book.csv"), personaBook());
