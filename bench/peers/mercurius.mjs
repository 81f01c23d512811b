// mercurius with its compiler and its own loaders, as its documentation recommends.
import Fastify from "fastify";
import mercurius from "mercurius";
import { resolvers } from "./resolvers.mjs";
import { typeDefs } from "./sdl.mjs";
import { complianceReader, heldFilingsOf } from "./source.mjs";

const readCompliance = complianceReader("pool");
const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  loaders: {
    Taxpayer: {
      compliance: (queries) => Promise.all(queries.map(({ obj }) => readCompliance(obj.wholePan))),
      filings: async (queries) =>
        queries.map(({ obj, params }) => ({ nodes: heldFilingsOf(obj.wholePan).slice(0, params.first) })),
    },
  },
  jit: 1,
});
await app.listen({ port: 0, host: "127.0.0.1" });
console.log(`listening http://127.0.0.1:${app.server.address().port}/graphql`);
