import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

// Unless it is told not to, it reports its use to its makers.
process.env.APOLLO_TELEMETRY_DISABLED = "true";

/** AayGraph judges each caller itself, so the gateway hands the caller's token on. */
class CallersSubgraph extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    if (context.authorization) request.http.headers.set("authorization", context.authorization);
  }
}

/** This gateway starts with no marks of security that it does not enforce itself. AayGraph enforces its own. */
function withoutForSecurity(supergraph) {
  return supergraph.replaceAll(", for: SECURITY", "");
}

export async function openApolloGateway(supergraph, port) {
  const supergraphSdl = withoutForSecurity(supergraph);
  const gateway = new ApolloGateway({ supergraphSdl, buildService: ({ url }) => new CallersSubgraph({ url }) });
  const server = new ApolloServer({ gateway, includeStacktraceInErrorResponses: false, formatError: withoutResponse });
  const { url } = await startStandaloneServer(server, {
    listen: { host: "127.0.0.1", port },
    context: async ({ req }) => ({ authorization: req.headers.authorization }),
  });
  return url;
}

/** A refused request comes with the subgraph's whole response, its address included: that is not the caller's to see. */
function withoutResponse({ extensions: { response, ...extensions } = {}, ...error }) {
  return { ...error, extensions };
}
