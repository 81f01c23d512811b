import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "../../src/kernel/secret";
import { createPlayground } from "../../src/server/http/playground";

interface Reply {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

const workshop = mkdtempSync(join(tmpdir(), "aaygraph-playground-"));
const directory = join(workshop, "bundle");
const servers: Server[] = [];

beforeAll(() => {
  mkdirSync(directory);
  const page = '<title>Playground</title><script type="application/json" id="settings">\n{ "token": null }\n</script>';
  writeFileSync(join(directory, "index.html"), page);
  writeFileSync(join(directory, "page.js"), "run()");
  writeFileSync(join(directory, "page.css"), "body {}");
  writeFileSync(join(directory, "icons.ttf"), "font");
  writeFileSync(join(workshop, "outside.js"), "not ours to show");
});

afterAll(async () => {
  for (const server of servers) await new Promise((closed) => server.close(closed));
  rmSync(workshop, { recursive: true });
});

describe("the page", () => {
  it("carries the token it was given", async () => {
    const { body } = await get("/playground", { token: "a-token" });
    expect(settingsIn(body)).toMatchObject({ token: "a-token" });
  });

  it("carries no token when it was given none", async () => {
    const { body } = await get("/playground");
    expect(settingsIn(body)).toMatchObject({ token: null });
  });

  it("keeps a token from ending its script element", async () => {
    const token = "</script><script>alert(1)</script>$&";
    const { body } = await get("/playground", { token });
    expect(body.match(/<\/script>/g)).toHaveLength(1);
    expect(settingsIn(body)).toMatchObject({ token });
  });

  it.each([
    ["knows of the fake phone that there is", { phone: () => Promise.resolve({}) }, true],
    ["knows of no fake phone where there is none", {}, false],
  ])("%s", async (_title, asking, hasPhone) => {
    const { body } = await get("/playground", asking);
    expect(settingsIn(body)).toMatchObject({ hasPhone });
  });

  it("is HTML", async () => {
    const { status, headers } = await get("/playground");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  });

  it("is never stored by a cache", async () => {
    const { headers } = await get("/playground");
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("is found with a query string", async () => {
    expect((await get("/playground?from=readme")).body).toContain("<title>Playground</title>");
  });

  it("is found with a slash at the end", async () => {
    expect((await get("/playground/")).body).toContain("<title>Playground</title>");
  });

  it("sends a HEAD request the headers without the body", async () => {
    const whole = await get("/playground");
    const head = await get("/playground", { method: "HEAD" });
    expect(head.body).toBe("");
    expect(head.headers["content-length"]).toBe(String(whole.body.length));
  });
});

describe("an asset", () => {
  it.each([
    ["page.js", "text/javascript; charset=utf-8"],
    ["page.css", "text/css; charset=utf-8"],
    ["icons.ttf", "font/ttf"],
  ])("%s is served as %s", async (name, contentType) => {
    const { status, headers } = await get(`/playground/${name}`);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe(contentType);
  });

  it("is not sent again to a browser that holds it", async () => {
    const { headers } = await get("/playground/page.js");
    const again = await get("/playground/page.js", { headers: { "If-None-Match": headers.etag } });
    expect(again).toMatchObject({ status: 304, body: "" });
  });

  it("is sent to a browser that holds another version", async () => {
    const reply = await get("/playground/page.js", { headers: { "If-None-Match": '"older"' } });
    expect(reply).toMatchObject({ status: 200, body: "run()" });
  });

  it("is not found under a name the bundle does not have", async () => {
    expect((await get("/playground/missing.js")).status).toBe(404);
  });

  it.each(["../outside.js", "..%2foutside.js", "%2e%2e/outside.js", "./../outside.js", "..\\outside.js"])(
    "is not looked for outside the bundle: %s",
    async (name) => {
      expect(await get(`/playground/${name}`)).toMatchObject({ status: 404, body: "" });
    },
  );

  it("is never the page's template", async () => {
    expect((await get("/playground/index.html")).status).toBe(404);
  });
});

describe("the fake phone", () => {
  const screen = { now: "2026-04-01T00:00:00.000Z", messages: [{ otp: "123456" }] };

  it("shows its messages as JSON", async () => {
    const { headers, body } = await get("/playground/phone.json", { phone: () => Promise.resolve(screen) });
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual(screen);
  });

  it("is never stored by a cache", async () => {
    const { headers } = await get("/playground/phone.json", { phone: () => Promise.resolve(screen) });
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("is not found where there is none", async () => {
    expect(await get("/playground/phone.json")).toMatchObject({ status: 404, body: "" });
  });
});

describe("every reply", () => {
  it.each(["/playground", "/playground/page.js", "/playground/missing.js", "/playground/phone.json"])(
    "to %s is locked down",
    async (path) => {
      const { headers } = await get(path, { phone: () => Promise.resolve({}) });
      expect(directives(headers)).toMatchObject({
        "default-src": "'none'",
        "script-src": "'self'",
        "connect-src": "'self'",
        "frame-ancestors": "'none'",
      });
    },
  );

  it("to another method names the methods there are", async () => {
    const { status, headers } = await get("/playground", { method: "POST" });
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });
});

it.each(["/graphql", "/playgrounds", "/"])("leaves %s to others", async (path) => {
  expect((await get(path)).body).toBe("left alone");
});

type Directives = Record<string, string>;

interface Asking {
  token?: string;
  phone?: () => Promise<unknown>;
  method?: string;
  headers?: Record<string, string | undefined>;
}

/** Asks with node:http because fetch tidies ".." out of a path before it sends it. */
async function get(path: string, { token, phone, method = "GET", headers = {} }: Asking = {}): Promise<Reply> {
  const secret = token === undefined ? undefined : new Secret(token);
  const playground = createPlayground({ directory, token: secret, phone });
  const server = createServer((request, response) => {
    if (!playground(request, response)) response.end("left alone");
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    request.on("error", reject).end();
  });
}

function settingsIn(html: string): unknown {
  return JSON.parse(/<script type="application\/json" id="settings">(.*?)<\/script>/.exec(html)![1]!);
}

function directives(headers: IncomingHttpHeaders): Directives {
  const policy = headers["content-security-policy"] as string;
  return Object.fromEntries(policy.split("; ").map((directive) => directive.split(/ (.*)/).slice(0, 2))) as Directives;
}
