import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { buildSchema, graphql, type GraphQLArgs } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { Secret } from "../../src/kernel/secret";
import { createPlayground } from "../../src/server/http/playground";

const schema = buildSchema(`
  scalar Pan
  type Query { taxpayer(pan: Pan!): Taxpayer! }
  type Subscription { count: Int! }
  type Taxpayer { id: ID! pan: String! holderType: String! compliance: Compliance! sources: [Source!]! }
  type Compliance {
    itrFiled: Boolean! standing: String! standingLabel: String! filingStatus: String! assessmentYear: String
    filedOn: String acknowledgementNumber: String checkedAt: String!
  }
  type Source { document: String! provider: String! outcome: String! problem: Problem }
  type Problem { code: String! message: String! blame: String! retryable: Boolean! }
`);

const taxpayer = {
  id: "an-opaque-id",
  pan: "ZZZPA****A",
  holderType: "INDIVIDUAL",
  compliance: {
    itrFiled: true,
    standing: "COMPLIANT",
    standingLabel: "Filed",
    filingStatus: "FILED",
    assessmentYear: "2025-26",
    filedOn: "2025-07-21",
    acknowledgementNumber: "123456789012345",
    checkedAt: "2026-04-01T00:00:00.000Z",
  },
  sources: [{ document: "COMPLIANCE", provider: "EKO", outcome: "FOUND" }],
};

interface ExampleGraph extends AsyncDisposable {
  readonly origin: string;
  /** Lets a running subscription send its next count. */
  countOn(): void;
}

interface ExampleSettings {
  readonly directory: string;
  readonly acceptedToken: string;
  readonly token: string | undefined;
}

/** The real playground beside a small graph, which answers nobody without the accepted token. */
export async function serveExampleGraph({ directory, acceptedToken, token }: ExampleSettings): Promise<ExampleGraph> {
  const accepted = `Bearer ${acceptedToken}`;
  const steps = new EventEmitter();
  const rootValue = {
    taxpayer,
    async *count() {
      for (let count = 1; ; count++) {
        yield { count };
        await once(steps, "next");
      }
    },
  };
  const secret = token === undefined ? undefined : new Secret(token);
  const playground = createPlayground({ directory, token: secret, phone: undefined });
  const server = createServer((request, response) => {
    if (playground(request, response)) return;
    if (request.headers.authorization === accepted) void answer(request, response, rootValue);
    else response.end(JSON.stringify({ errors: [{ message: "A valid access token is needed." }] }));
  });
  const sockets = new WebSocketServer({ server, path: "/graphql" });
  const onConnect = (context: { connectionParams?: Record<string, unknown> | undefined }) =>
    context.connectionParams?.authorization === accepted;
  const subscriptions = useServer({ schema, roots: { subscription: rootValue }, onConnect }, sockets);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    countOn: () => steps.emit("next"),
    async [Symbol.asyncDispose]() {
      await subscriptions.dispose();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, rootValue: unknown): Promise<void> {
  const { query, variables, operationName } = (await json(request)) as {
    query: string;
    variables?: GraphQLArgs["variableValues"];
    operationName?: string;
  };
  const result = await graphql({ schema, rootValue, source: query, variableValues: variables, operationName });
  response.setHeader("Content-Type", "application/json").end(JSON.stringify(result));
}
