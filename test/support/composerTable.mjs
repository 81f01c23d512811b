// Prints as JSON what each composer makes of our schema beside the example's, and which gateway answers with it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "../..");
const example = join(root, "examples/supergraph");
const exampleRequire = createRequire(join(example, "package.json"));
const { openApolloGateway } = await import(pathToFileURL(join(example, "apolloGateway.mjs")));
const { compose, composers } = await import(pathToFileURL(join(example, "composeSupergraph.mjs")));
const { openHiveGateway } = await import(pathToFileURL(join(example, "hiveGateway.mjs")));
const { openLoans, typeDefs: loans } = await import(pathToFileURL(join(example, "loans.mjs")));
const { parse, print, printType, lexicographicSortSchema } = exampleRequire("graphql");
const { transformSupergraphToPublicSchema } = exampleRequire("@theguild/federation-composition");
const wundergraph = exampleRequire("@wundergraph/composition");
const { buildASTSchema, isSpecifiedScalarType, isIntrospectionType } = exampleRequire("graphql");

const loansUrl = await openLoans([{ id: "loan-1", amount: 1, applicantId: "tp_1", evidence: [] }], 0);
const services = [
  {
    name: "aaygraph",
    url: "http://127.0.0.1:9/graphql",
    typeDefs: parse(readFileSync(join(root, "schema/subgraph.graphql"), "utf8")),
  },
  { name: "loans", url: loansUrl, typeDefs: loans },
];

const gateways = {
  "@apollo/gateway": openApolloGateway,
  "Hive Gateway": openHiveGateway,
  "Hive, in Rust": (supergraph, port) => openHiveGateway(supergraph, port, { plannedInRust: true }),
};

function compositions() {
  const joined = Object.keys(composers).map((composer) => {
    const supergraph = compose(services, composer);
    return { composer, supergraph, clients: buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph))) };
  });
  const result = wundergraph.federateSubgraphs({
    subgraphs: services.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs })),
    version: wundergraph.LATEST_ROUTER_COMPATIBILITY_VERSION,
  });
  if (!result.success) throw new Error(result.errors.map(({ message }) => message).join("\n"));
  const { federatedGraphAST, federatedGraphClientSchema: clients } = result;
  return [...joined, { composer: "@wundergraph/composition", supergraph: print(federatedGraphAST), clients }];
}

/** Null for an answer; otherwise why there is none. */
async function refusalBy(open, supergraph) {
  try {
    const url = await open(supergraph, 0);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ loans { id } }" }),
    });
    const { data, errors } = await response.json();
    return data?.loans?.[0]?.id === "loan-1" ? null : (errors?.[0]?.message ?? "no answer");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Every type of the schema that clients see; directives are the composer's own affair. */
function typesOf(schema) {
  return Object.values(lexicographicSortSchema(schema).getTypeMap())
    .filter((type) => !isSpecifiedScalarType(type) && !isIntrospectionType(type))
    .map(printType);
}

const table = [];
for (const { composer, supergraph, clients } of compositions()) {
  const refusalByGateway = {};
  for (const [name, open] of Object.entries(gateways)) refusalByGateway[name] = await refusalBy(open, supergraph);
  table.push({ composer, hasJoins: supergraph.includes("@join__"), types: typesOf(clients), refusalByGateway });
}
// Ends once all of it is written: an exit right away cuts off what a full pipe has not taken.
process.stdout.write(`TABLE ${JSON.stringify(table)}\n`, () => process.exit(0));
