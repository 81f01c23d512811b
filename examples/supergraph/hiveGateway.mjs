import { once } from "node:events";
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import * as http from "@graphql-mesh/transport-http";

/** Plans in JavaScript, or with the query planner of Hive's Rust router. */
export async function openHiveGateway(supergraph, port, { plannedInRust = false } = {}) {
  const gateway = createGatewayRuntime({
    supergraph,
    transports: { http },
    ...(plannedInRust && { unifiedGraphHandler }),
    logging: "warn",
    // AayGraph judges each caller itself, so the gateway hands the caller's token on.
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get("authorization") ?? undefined }),
    },
  });
  const server = createServer(gateway).listen(port, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}/graphql`;
}
