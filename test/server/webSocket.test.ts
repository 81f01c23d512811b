import { createClient, type Client } from "graphql-ws";
import WebSocket from "ws";
import { startTestService, type TestService } from "../support/service";

let service: TestService;
const clients: Client[] = [];

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  for (const client of clients) await client.dispose();
  await service[Symbol.asyncDispose]();
});

function connect(authorization: string, webSocketImpl: unknown = WebSocket): Client {
  const url = `${service.url.replace("http", "ws")}/graphql`;
  const client = createClient({ url, webSocketImpl, retryAttempts: 0, connectionParams: { authorization } });
  clients.push(client);
  return client;
}

async function ask(client: Client, query: string, variables: Record<string, unknown> = {}) {
  for await (const answer of client.iterate({ query, variables })) return answer;
  throw new Error("nothing came");
}

/** As a browser would connect from a page of this origin. */
function fromOrigin(origin: string) {
  return class extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { origin });
    }
  };
}

const operation = "query ($pan: Pan!) { taxpayer(pan: $pan) { pan compliance { standing } } }";

describe("an operation over WebSocket", () => {
  it("is answered as over HTTP", async () => {
    const client = connect(`Bearer ${await service.token()}`);
    expect(await ask(client, operation, { pan: "ZZZPA1001A" })).toMatchObject({
      data: { taxpayer: { pan: "ZZZPA****A", compliance: { standing: "COMPLIANT" } } },
    });
  });

  it("fails in the same words as over HTTP", async () => {
    const client = connect(`Bearer ${await service.token()}`);
    expect(await ask(client, operation, { pan: "ZZZPA1004D" })).toMatchObject({
      data: { taxpayer: { compliance: null } },
      errors: [{ path: ["taxpayer", "compliance"], extensions: { code: "PORTAL_UNAVAILABLE", blame: "PORTAL" } }],
    });
  });

  it("does not hear its own values back when it is refused", async () => {
    const client = connect(`Bearer ${await service.token()}`);
    const refusal = await ask(client, '{ taxpayer(pan: ["CANARY"]) { id } }').catch((error: unknown) => error);
    expect(JSON.stringify(refusal)).toContain("GRAPHQL_VALIDATION_FAILED");
    expect(JSON.stringify(refusal)).not.toContain("CANARY");
  });

  it("is refused when it cannot be parsed, and the connection goes on", async () => {
    const client = connect(`Bearer ${await service.token()}`);
    const refusal = await ask(client, "{ providers {").catch((error: unknown) => error);
    expect(JSON.stringify(refusal)).toContain("GRAPHQL_PARSE_FAILED");
    expect(await ask(client, "{ __typename }")).toMatchObject({ data: { __typename: "Query" } });
  });

  it("needs a valid token", async () => {
    await expect(ask(connect("Bearer nonsense"), "{ __typename }")).rejects.toMatchObject({ code: 4403 });
  });

  it("is open to a page of our own", async () => {
    const client = connect(`Bearer ${await service.token()}`, fromOrigin(service.url));
    expect(await ask(client, "{ __typename }")).toMatchObject({ data: { __typename: "Query" } });
  });

  it("is closed to a page of another origin", async () => {
    const client = connect(`Bearer ${await service.token()}`, fromOrigin("https://evil.example"));
    await expect(ask(client, "{ __typename }")).rejects.toBeDefined();
  });
});
