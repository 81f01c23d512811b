// mercurius with its compiler and loaders, and with the duties of one who answers for tax data.
import Fastify from "fastify";
import mercurius from "mercurius";
import { beginOperation, boughtComplianceOf, endOperation, filingsOf, heldComplianceOf, signToken } from "./duties.mjs";
import { resolvers } from "./resolvers.mjs";
import { typeDefs } from "./sdl.mjs";

const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  context: async ({ headers }) => ({ operation: await beginOperation(headers) }),
  loaders: {
    Taxpayer: {
      compliance(queries, { operation }) {
        const pans = queries.map(({ obj }) => obj.wholePan);
        const isBought = queries.some(({ params }) => params.maxAgeSeconds === 0);
        return isBought ? boughtComplianceOf(operation, pans) : heldComplianceOf(operation, pans);
      },
      async filings(queries, { operation }) {
        const [{ params }] = queries;
        const pans = queries.map(({ obj }) => obj.wholePan);
        const lists = await filingsOf(operation, pans, params.first);
        return lists.map((nodes) => ({ nodes }));
      },
    },
  },
  jit: 1,
});
await app.ready();
app.graphql.addHook("onResolution", (execution, { operation }) => endOperation(operation, "graphql"));
await app.listen({ port: 0, host: "127.0.0.1" });
console.log(`listening http://127.0.0.1:${app.server.address().port}/graphql ${await signToken()}`);
