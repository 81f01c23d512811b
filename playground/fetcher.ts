import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { createClient } from "graphql-ws";

type Headers = Readonly<Record<string, string>>;

const url = "/graphql";

/** Queries and mutations go by POST, subscriptions by WebSocket, both with the headers of the headers editor. */
export function createFetcher(initialHeaders: Headers): Fetcher {
  return (params, options) => {
    // The schema is asked for before the headers editor exists.
    const isFirstLook = params.operationName === "IntrospectionQuery" && options?.headers === undefined;
    const headers = isFirstLook ? initialHeaders : ((options?.headers ?? {}) as Headers);
    // A client connects on its first subscription only and leaves after its last, so each run opens with its own headers.
    const wsClient = createClient({ url, connectionParams: connectionParamsFrom(headers) });
    return createGraphiQLFetcher({ url, wsClient, enableIncrementalDelivery: false })(params, { ...options, headers });
  };
}

/** Browsers cannot set headers on a WebSocket; the token travels in the first message instead. */
function connectionParamsFrom(headers: Headers): { authorization?: string } {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1];
  return authorization === undefined ? {} : { authorization };
}
