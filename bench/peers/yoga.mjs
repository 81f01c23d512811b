// graphql-yoga on node:http, with a loader for each request.
import { createServer } from "node:http";
import DataLoader from "dataloader";
import { createSchema, createYoga } from "graphql-yoga";
import { resolvers } from "./resolvers.mjs";
import { typeDefs } from "./sdl.mjs";
import { complianceReader, heldFilingsOf } from "./source.mjs";

const readCompliance = complianceReader("pool");
const Taxpayer = {
  ...resolvers.Taxpayer,
  compliance: ({ wholePan }, _args, { compliance }) => compliance.load(wholePan),
  filings: ({ wholePan }, { first }) => ({ nodes: heldFilingsOf(wholePan).slice(0, first) }),
};
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers: { ...resolvers, Taxpayer } }),
  context: () => ({ compliance: new DataLoader((pans) => Promise.all(pans.map(readCompliance))) }),
  logging: false,
});
const server = createServer(yoga);
server.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${server.address().port}/graphql`));
