import { ComplianceDocument } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const json = { "content-type": "application/json" };
const query = JSON.stringify({ query: "{ providers { id } }" });

async function post(body: string, headers: Record<string, string> = json) {
  const response = await service.fetch("/graphql", { method: "POST", headers, body });
  return { status: response.status, body: (await response.json()) as { errors?: { extensions: { code: string } }[] } };
}

describe("a request that is not well-formed", () => {
  it.each([
    ["is not JSON", "{", json, 400, "BAD_INPUT"],
    ["names no content type", query, { "content-type": "" }, 415, "BAD_INPUT"],
    ["is a form", query, { "content-type": "application/x-www-form-urlencoded" }, 415, "BAD_INPUT"],
    ["is in UTF-16", query, { "content-type": "application/json; charset=utf-16le" }, 415, "BAD_INPUT"],
    ["is larger than a megabyte", `{"query":"${" ".repeat(1_000_000)}"}`, json, 413, "LIMIT_EXCEEDED"],
    ["is a batch", `[${query}]`, json, 400, "BAD_INPUT"],
    ["is a number", "5", json, 400, "BAD_INPUT"],
  ] as const)("is refused when it %s", async (_title, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.extensions.code).toBe(code);
  });

  it("is refused as too large while it is still being sent, without a length", async () => {
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(64_000).fill(32));
      },
    });
    const refusal = service.fetch("/graphql", { method: "POST", headers: json, body: endless, duplex: "half" }).then(
      ({ status }) => status,
      () => "the connection was closed",
    );
    expect([413, "the connection was closed"]).toContain(await refusal);
  });

  it("may say that it is in UTF-8", async () => {
    expect(await post(query, { "content-type": "application/json; charset=utf-8" })).toMatchObject({ status: 200 });
  });

  it("does not learn what it sent from the refusal", async () => {
    const texts = [
      `{ taxpayer(pan: "CANARYCANARY) { id } }`,
      `{ taxpayer(pan: 5, CANARY: 1) { id } }`.replace("CANARY: 1", 'pan: "CANARY"'),
      `{ taxpayer(pan: ["CANARY"]) { id } }`,
      `{ taxpayer(pan: "CANARY") { id } }`,
      `{ taxpayer(pan: "ZZZPA1001A") { compliance(maxAgeSeconds: "CANARY") { standing } } }`,
    ];
    for (const text of texts) {
      expect(JSON.stringify(await service.ask(text))).not.toContain("CANARY");
    }
    const operation =
      "query ($pan: Pan!, $n: Int) { taxpayer(pan: $pan) { compliance(maxAgeSeconds: $n) { standing } } }";
    for (const variables of [{ pan: "CANARY" }, { pan: ["CANARY"] }, { pan: "ZZZPA1001A", n: "CANARY" }]) {
      expect(JSON.stringify(await service.ask(operation, variables))).not.toContain("CANARY");
    }
  });
});

describe("a mutation or an unknown path", () => {
  it("is refused over GET", async () => {
    const mutation = 'mutation { closeSession(input: { sessionId: "none" }) { replayed } }';
    const response = await service.fetch(`/graphql?query=${encodeURIComponent(mutation)}`);
    expect(response.status).toBe(405);
  });

  it("is nowhere else", async () => {
    const response = await service.fetch("/nowhere");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
  });
});

describe("a page of another origin", () => {
  it("cannot ask by a request that needs no preflight", async () => {
    const response = await fetch(`${service.url}/graphql?query=%7Bproviders%7Bid%7D%7D`);
    expect(response.status).toBe(401);
  });

  it("is given no leave by CORS", async () => {
    const response = await service.fetch("/graphql", {
      method: "POST",
      headers: { ...json, origin: "https://evil.example" },
      body: query,
    });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("an answer", () => {
  it("is kept by no cache", async () => {
    const response = await service.fetch("/graphql", { method: "POST", headers: json, body: query });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("etag")).toBeNull();
  });

  it("has an id that stands in its errors", async () => {
    const body = JSON.stringify({ query: '{ node(id: "tp_unknown") { id } }' });
    const response = await service.fetch("/graphql", { method: "POST", headers: json, body });
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { requestId: response.headers.get("x-request-id") } }],
    });
  });
});

describe("the log", () => {
  it("carries the request's id, its operation's name, its time, and no variables", async () => {
    await service.ask(ComplianceDocument, { pan: "ZZZPL4321C" });
    const line = service.log.findLast((each) => each.includes("operation ended"));
    expect(JSON.parse(line ?? "")).toMatchObject({
      operationName: "Compliance",
      kind: "query",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      durationMs: expect.any(Number) as number,
      faults: [],
    });
    expect(service.log.join("")).not.toContain("ZZZPL4321C");
  });
});

describe("health", () => {
  it.each(["/health/live", "/health/ready"])("answers at %s without a token", async (path) => {
    const response = await fetch(`${service.url}${path}`);
    expect(response.status).toBe(200);
  });
});

describe("metrics", () => {
  it("are for tokens with ops:read", async () => {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(401);
    expect((await service.fetch("/metrics", { caller: { scopes: ["income:read"] } })).status).toBe(403);
    expect((await service.fetch("/metrics", { caller: { scopes: ["ops:read"] } })).status).toBe(200);
  });

  it("count upstream calls by provider, operation and outcome", async () => {
    await service.ask(ComplianceDocument, { pan: "ZZZPM4321C" });
    const text = await (await service.fetch("/metrics")).text();
    expect(text).toMatch(
      /aaygraph_upstream_seconds_count\{provider="EKO",operation="itr-compliance",outcome="OK"\} [1-9]/,
    );
    expect(text).not.toContain("ZZZPM4321C");
  });
});
