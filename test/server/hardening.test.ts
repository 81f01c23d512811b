import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { startTestService, type TestService } from "../support/service";
import { exchange, openSocket, rawRequest, statusOf } from "../support/rawHttp";

const ourPage = "https://app.lender.example";
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ AAY_ALLOWED_ORIGINS: `${ourPage}, http://localhost:3000` });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const json = { "content-type": "application/json" };
const query = JSON.stringify({ query: "{ __typename }" });
const routes = [
  "/",
  "/graphql",
  "/health/live",
  "/health/ready",
  "/metrics",
  "/documents/AAAA",
  "/playground",
  "/playground/page.js",
  "/nowhere",
];

async function raw(line: string, headers: Record<string, string> = {}, body = ""): Promise<string> {
  const authorization = `Bearer ${await service.token()}`;
  return exchange(service.url, rawRequest(line, { authorization, ...headers }, body));
}

function post(body: RequestInit["body"], headers: Record<string, string> = json) {
  return service.fetch("/graphql", { method: "POST", headers, body: body ?? null });
}

async function codeOf(response: Response): Promise<unknown> {
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return errors?.[0]?.extensions.code;
}

describe("an answer", () => {
  it.each(routes)("at %s can be neither framed, sniffed nor embedded", async (path) => {
    const { headers } = await service.fetch(path, { redirect: "manual" });
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()") as string,
      "content-security-policy": expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/) as string,
    });
  });

  it.each(routes)("at %s lets no script in that does not come from us", async (path) => {
    const { headers } = await service.fetch(path, { redirect: "manual" });
    expect(headers.get("content-security-policy")).not.toMatch(/script-src[^;]*(unsafe|\*|https?:|data:)/);
  });

  it("asks for TLS in no sandbox, which has none", async () => {
    expect((await service.fetch("/graphql")).headers.has("strict-transport-security")).toBe(false);
  });

  it.each(["/graphql", "/metrics", "/documents/AAAA", "/health/live", "/nowhere", "/playground"])(
    "at %s is kept by no cache",
    async (path) => {
      const { headers } = await service.fetch(path);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.has("etag")).toBe(false);
    },
  );
});

describe("a method", () => {
  const methods = ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"];
  const pairs = routes.flatMap((path) => methods.map((method) => [method, path] as const));

  it.each(pairs)("%s is not one that %s knows", async (method, path) => {
    const answer = (await raw(`${method} ${path}`)).toLowerCase();
    expect(statusOf(answer.toUpperCase())).toBe(405);
    expect(answer).toMatch(/\r\nallow: get/);
    expect(answer).toContain("x-frame-options: deny");
  });

  it.each(routes)("HEAD gets no body at %s", async (path) => {
    const answer = await raw(`HEAD ${path}`);
    expect([200, 302, 404, 405]).toContain(statusOf(answer));
    expect(answer.endsWith("\r\n\r\n")).toBe(true);
  });

  it("TRACE says nothing of what it was sent", async () => {
    expect(await raw("TRACE /graphql", { cookie: "CANARY" })).not.toContain("CANARY");
  });

  it.each(["BREW /graphql", "get /graphql", "GET  /graphql", "GET /gra phql"])("%s is none", async (line) => {
    expect(statusOf(await raw(line))).toBe(400);
  });

  it("CONNECT is not even answered", async () => {
    expect(await raw("CONNECT 127.0.0.1:22")).toBe("");
  });
});

describe("a request that two servers could read differently", () => {
  const chunked = `${query.length.toString(16)}\r\n${query}\r\n0\r\n\r\n`;

  it.each([
    ["has a length beside chunks", { ...json, "content-length": "4", "transfer-encoding": "chunked" }],
    ["has two lengths", { ...json, "content-length": "4", "Content-Length": "5" }],
    ["has a length that is no number", { ...json, "content-length": "+4" }],
    ["has chunks and something else", { ...json, "transfer-encoding": "chunked, identity" }],
    ["has a chunk size that is no number", { ...json, "transfer-encoding": "chunked", "x-next": "0x1" }],
    ["has a space before a colon", { ...json, "content-length ": "4" }],
    ["folds a header", { ...json, "x-folded": "a\r\n b" }],
  ])("is refused when it %s", async (title, headers) => {
    const body = title.includes("chunk size") ? `0x1;\r\n{\r\n0\r\n\r\n` : chunked;
    expect(statusOf(await raw("POST /graphql", headers, body))).toBe(400);
  });

  it("is refused without a host", async () => {
    expect(statusOf(await exchange(service.url, "GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n"))).toBe(400);
  });

  it("is judged by no host that it names", async () => {
    const answer = await raw("GET /", { host: "evil.example" });
    expect(answer).toMatch(/\r\nlocation: \/console\r\n/i);
    expect(answer).not.toContain("evil.example");
  });

  it("is found nowhere when it names a whole URL", async () => {
    expect(statusOf(await raw("GET http://evil.example/metrics"))).toBe(404);
  });

  it.each(["/playground/../package.json", "/playground/..%2f..%2fpackage.json", "/documents/../metrics", "//graphql"])(
    "does not leave its folder by %s",
    async (path) => {
      expect(statusOf(await raw(`GET ${path}`))).toBe(404);
    },
  );
});

describe("too much of a head", () => {
  it("is refused when one header is huge", async () => {
    expect(statusOf(await raw("GET /health/live", { "x-huge": "a".repeat(20_000) }))).toBe(431);
  });

  it.each([
    ["is refused beyond a hundred headers", 101, 431],
    ["is taken up to a hundred headers", 100, 200],
  ])("%s", async (_title, count, status) => {
    // Three of them are the ones that every request here has.
    const many = Object.fromEntries(Array.from({ length: count - 3 }, (_, at) => [`x-${at}`, "a"]));
    expect(statusOf(await raw("GET /health/live", many))).toBe(status);
  });
});

describe("a body in disguise", () => {
  it.each([
    ["is packed", gzipSync("0".repeat(100_000_000)), { ...json, "content-encoding": "gzip" }, 415],
    ["is said to be plain twice over", query, { ...json, "content-encoding": "identity, gzip" }, 415],
    ["is in UTF-7", query, { "content-type": "application/json; charset=utf-7" }, 415],
    ["has two charsets", query, { "content-type": "application/json; charset=utf-8; charset=utf-7" }, 415],
    ["hides its charset behind a star", query, { "content-type": "application/json; charset*=utf-7''x" }, 415],
    ["is in UTF-16 and does not say so", Buffer.from(query, "utf16le"), json, 400],
    ["begins with a byte order mark", `\uFEFF${query}`, json, 400],
    ["is in Latin-1", Buffer.from('{"query":"{ __typename } # \xe9"}', "latin1"), json, 400],
    ["holds an overlong slash", Buffer.from(`{"query":"{ __typename } # \xc0\xaf"}`, "latin1"), json, 400],
  ])("is refused when it %s", async (_title, body, headers, status) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe("BAD_INPUT");
  });
});

describe("JSON that reaches for our own objects", () => {
  const operation = "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance { standing } } }";
  const reach = '{"polluted":true,"pan":"ZZZPA1001A","query":"{ __typename }"}';

  it.each([
    ["a body's __proto__", `{"__proto__":${reach},"query":"{ __typename }"}`],
    ["a body of __proto__ alone", `{"__proto__":${reach}}`],
    ["a body's constructor", `{"constructor":{"prototype":${reach}},"query":"{ __typename }"}`],
    ["the variables' __proto__", `{"query":"${operation}","variables":{"__proto__":${reach}}}`],
    ["the variables' constructor", `{"query":"${operation}","variables":{"constructor":{"prototype":${reach}}}}`],
    ["__proto__ in an escape", `{"query":"${operation}","variables":{"\\u005f_proto__":${reach}}}`],
    ["__proto__ for a value", `{"query":"${operation}","variables":{"pan":{"__proto__":${reach}}}}`],
    ["the extensions' __proto__", `{"query":"{ __typename }","extensions":{"__proto__":${reach}}}`],
    [
      "an operation named __proto__",
      '{"query":"query __proto__ { __typename } query b { __typename }","operationName":"__proto__"}',
    ],
    ["an operation that is not there", '{"query":"query a { __typename }","operationName":"constructor"}'],
    ["an alias __proto__", '{"query":"{ __proto__: __typename constructor: __typename }"}'],
  ])("through %s touches none of them", async (_title, body) => {
    for (let asked = 0; asked < 2; asked += 1) {
      const response = await post(body);
      expect([200, 400]).toContain(response.status);
      expect(await response.text()).not.toMatch(/INTERNAL|"standing"/);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("finds no variable that only a prototype would give", async () => {
    const response = await post(`{"query":"${operation}","variables":{"__proto__":{"pan":"ZZZPA1001A"}}}`);
    expect(await codeOf(response)).toBe("BAD_USER_INPUT");
  });

  it("is executed by the last of two equal keys, which is also the one that is judged", async () => {
    const response = await post('{"query":"{ nonsense }","query":"{ __typename }"}');
    expect(await response.json()).toMatchObject({ data: { __typename: "Query" } });
  });
});

describe("a text that stores and files do not take", () => {
  const odd = { "a NUL": "a\u0000b", "half a pair": "a\ud800b", "an override": "a\u202eb", "a line": "a\r\nb: c" };
  const consent = {
    purpose: "CREDIT_UNDERWRITING",
    startsAt: "2026-01-01T00:00:00Z",
    expiresAt: "2030-01-01T00:00:00Z",
    dataLifeDays: 30,
  };
  const open = "mutation ($input: OpenSessionInput!) { openSession(input: $input) { problem { code } } }";
  const entities = (id: string) => ({
    of: ["Taxpayer", "Filing", "Session"].map((__typename) => ({ __typename, id })),
  });
  const person = { pan: "ZZZPA1001A", password: "none", consent, idempotencyKey: "odd" };

  it.each(Object.entries(odd))("%s is never our own failure", async (_name, text) => {
    const askings: [string, Record<string, unknown>][] = [
      ["query ($text: ID!) { node(id: $text) { id } }", { text }],
      ["query ($text: ID!) { session(id: $text) { id } }", { text }],
      ["query ($text: Pan!) { taxpayer(pan: $text) { id } }", { text }],
      ["query ($text: String) { sessions(first: 2, after: $text) { nodes { id } } }", { text }],
      ["query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }", entities(text)],
      ["mutation ($input: SessionInput!) { closeSession(input: $input) { replayed } }", { input: { sessionId: text } }],
      [
        "mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { __typename } }",
        { input: { consentId: text, reason: text } },
      ],
      [
        "mutation ($input: EraseTaxpayerInput!) { eraseTaxpayer(input: $input) { __typename } }",
        { input: { pan: "ZZZPY9999C", reason: text } },
      ],
      [open, { input: { ...person, idempotencyKey: text } }],
      [open, { input: { ...person, consent: { ...consent, reference: text } } }],
      [open, { input: { ...person, password: text } }],
      [`query A { __typename } # ${text}`, {}],
    ];
    for (const [operation, variables] of askings) {
      const answer = await service.ask(operation, variables);
      expect([operation, JSON.stringify(answer)]).toEqual([operation, expect.not.stringContaining('"INTERNAL"')]);
    }
  });
});

describe("a page of another origin", () => {
  const preflight = (origin: string, path = "/graphql") =>
    fetch(`${service.url}${path}`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type",
      },
    });

  it("that is named may ask", async () => {
    const { status, headers } = await preflight(ourPage);
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      "access-control-allow-origin": ourPage,
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": expect.stringContaining("authorization") as string,
      vary: "origin",
    });
    expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("that is named may read the answer", async () => {
    const { headers } = await post(query, { ...json, origin: ourPage });
    expect(headers.get("access-control-allow-origin")).toBe(ourPage);
    expect(headers.get("access-control-expose-headers")).toContain("x-request-id");
  });

  it.each(["https://evil.example", "null", `${ourPage}.evil.example`, `${ourPage}:8443`, "http://app.lender.example"])(
    "%s may not",
    async (origin) => {
      expect((await preflight(origin)).headers.has("access-control-allow-origin")).toBe(false);
      const { headers } = await post(query, { ...json, origin });
      expect(headers.has("access-control-allow-origin")).toBe(false);
    },
  );

  it.each(["/metrics", "/health/live", "/playground"])("that is named is given nothing at %s", async (path) => {
    expect((await preflight(ourPage, path)).headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("a socket that asks for an upgrade", () => {
  const upgrade = (path: string, headers: Record<string, string> = {}) =>
    rawRequest(`GET ${path}`, { connection: "Upgrade", upgrade: "websocket", ...headers });
  const handshake = { "sec-websocket-version": "13", "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==" };

  it("elsewhere is turned away, and not kept half open", async () => {
    expect(statusOf(await exchange(service.url, upgrade("/metrics")))).toBe(403);
  });

  it("to something else is refused", async () => {
    expect(statusOf(await exchange(service.url, upgrade("/graphql", { upgrade: "h2c" })))).toBe(400);
  });

  it.each([
    ["is taken from a named origin", ourPage, 101],
    ["is refused from another", "https://evil.example", 403],
    ["is refused from none that has a name", "null", 403],
  ])("%s", async (_title, origin, status) => {
    const socket = await openSocket(service.url);
    const heard = once(socket, "data") as Promise<[Buffer]>;
    const protocol = { "sec-websocket-protocol": "graphql-transport-ws" };
    socket.write(upgrade("/graphql", { ...handshake, ...protocol, origin }));
    expect(statusOf(String(await heard))).toBe(status);
    socket.destroy();
  });
});
