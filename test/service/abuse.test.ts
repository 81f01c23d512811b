import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";
import { usualLimits } from "../support/usualLimits";
import { watchHealth } from "../support/healthWatch";
import { ask, startProcess, type ServiceProcess } from "../support/process";
import { exchange, openSocket, rawRequest, statusOf } from "../support/rawHttp";

/** What the service may hold at most, whatever is done to it; at rest it holds about half of this. */
const mostMegabytes = 600;

const folder = mkdtempSync(join(tmpdir(), "aaygraph-abuse-"));
const sockets: Socket[] = [];
const webSockets: WebSocket[] = [];
let service: ServiceProcess;

beforeAll(async () => {
  service = await startProcess({ AAY_DATA_DIR: join(folder, "kept") });
});

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const webSocket of webSockets.splice(0)) webSocket.terminate();
});

afterAll(async () => {
  await service.end("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

/** Does it, and expects the service to have said all the while that it is well, and to have stayed in its bounds. */
async function whileHealthy(abuse: () => Promise<unknown>): Promise<void> {
  const watch = watchHealth(service.url, service.token);
  try {
    await abuse();
  } finally {
    const seen = await watch.end();
    expect([...seen.statuses]).toEqual([200]);
    expect(seen.asked).toBeGreaterThan(0);
    expect(seen.mostMegabytes).toBeLessThan(mostMegabytes);
  }
}

/** As many at a time as a nasty client would have, and not so many that the test's own machine gives in. */
async function flood(count: number, send: (at: number) => Promise<unknown>, atOnce = 32): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: atOnce }, async () => {
    while (next < count) await send(next++);
  });
  await Promise.all(lanes);
}

async function post(body: string, token = service.token): Promise<{ status: number; text: string }> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(service.url, { method: "POST", headers, body });
  return { status: response.status, text: await response.text() };
}

function openWebSocket(): WebSocket {
  const webSocket = new WebSocket(service.url.replace("http", "ws"), "graphql-transport-ws");
  webSocket.on("error", () => undefined);
  webSockets.push(webSocket);
  return webSocket;
}

async function openAcknowledged(): Promise<WebSocket> {
  const webSocket = openWebSocket();
  await once(webSocket, "open");
  webSocket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${service.token}` } }));
  await once(webSocket, "message");
  return webSocket;
}

async function closeCodeOf(webSocket: WebSocket): Promise<number> {
  const [code] = (await once(webSocket, "close")) as [number];
  return code;
}

const head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n";

describe("the service is well", () => {
  it("while ten thousand bad tokens are refused", async () => {
    const [header, payload, signature] = service.token.split(".");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const forged = (at: number) =>
      [
        `${header}.${payload}.${Buffer.from(`forged ${at}`).toString("base64url")}`,
        `${none}.${payload}.`,
        `${header}.${Buffer.from(`{"tenant":"lender-${at}"}`).toString("base64url")}.${signature}`,
        "x".repeat(8_000 + (at % 100)),
      ][at % 4]!;
    const statuses = new Set<number>();
    const body = '{"query":"{ __typename }"}';
    await whileHealthy(() => flood(10_000, async (at) => statuses.add((await post(body, forged(at))).status)));
    expect([...statuses]).toEqual([401]);
  }, 60_000);

  it("while three thousand sockets say nothing", async () => {
    await whileHealthy(() => flood(3_000, async () => sockets.push(await openSocket(service.url))));
    expect(sockets.filter(({ destroyed }) => destroyed)).toEqual([]);
  });

  it("while five hundred requests never end", async () => {
    await whileHealthy(async () => {
      await flood(500, async (at) => {
        const socket = await openSocket(service.url);
        sockets.push(socket);
        socket.write(at % 2 === 0 ? head : `${head}authorization: Bearer ${service.token}\r\n\r\n{`);
      });
    });
  });

  it("while hundreds of sockets are broken off in the middle of an upgrade", async () => {
    const upgrades = ["/nowhere", "/graphql"].map((path) =>
      rawRequest(`GET ${path}`, { connection: "Upgrade", upgrade: "websocket" }),
    );
    await whileHealthy(() =>
      flood(600, async (at) => {
        const socket = await openSocket(service.url);
        socket.write(upgrades[at % 2]!);
        if (at % 3 > 0) await new Promise((told) => socket.once("data", told).once("close", told));
        socket.resetAndDestroy();
      }),
    );
  });

  it("while bodies as large as are taken come over and over", async () => {
    const rest = '{"query":"{ __typename }","variables":{"a":""}}';
    const body = rest.replace('""', `"${"a".repeat(usualLimits.bodyBytes - rest.length)}"`);
    const statuses = new Set<number>();
    await whileHealthy(() => flood(200, async () => statuses.add((await post(body)).status)));
    expect([...statuses]).toEqual([200]);
  });

  it.each([
    ["JSON", `{"query":"{ __typename }","variables":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`],
    ["JSON that never ends", `{"query":"{ __typename }","variables":{"a":${"[".repeat(100_000)}`],
    ["objects", `{"query":"{ __typename }","variables":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`],
    ["selections", JSON.stringify({ query: `${"{a".repeat(100_000)}${"}".repeat(100_000)}` })],
    ["lists in a document", JSON.stringify({ query: `{ a(b: ${"[".repeat(100_000)}${"]".repeat(100_000)}) }` })],
    [
      "types of variables",
      JSON.stringify({ query: `query ($a: ${"[".repeat(100_000)}Int${"]".repeat(100_000)}) { a }` }),
    ],
  ])("while it is sent a hundred thousand levels of %s", async (_title, body) => {
    const answers: { status: number; text: string }[] = [];
    await whileHealthy(() => flood(32, async () => answers.push(await post(body))));
    for (const { status, text } of answers) {
      expect([200, 400]).toContain(status);
      expect(text).not.toContain("INTERNAL");
    }
  });

  it("while documents come whose equal fields would be compared pair by pair", async () => {
    const query = `{ ${'taxpayer(pan: "ZZZPA1001A") { id pan } '.repeat(18_000)} }`;
    const answers: string[] = [];
    await whileHealthy(() => flood(8, async () => answers.push((await post(JSON.stringify({ query }))).text)));
    for (const text of answers) expect(text).toContain("limit: tokens");
  });

  it("while a hundred WebSockets have a hundred operations each", async () => {
    const askOften = async () => {
      const webSocket = await openAcknowledged();
      for (let at = 0; at < 100; at += 1) {
        webSocket.send(JSON.stringify({ id: String(at), type: "subscribe", payload: { query: "{ __typename }" } }));
      }
      await once(webSocket, "message");
    };
    // More of them on a slow machine would keep each other from saying in time who they are.
    await whileHealthy(() => flood(100, askOften, 8));
  });

  it("enough to answer as ever when all of it is over", async () => {
    const { data } = await ask(service, '{ taxpayer(pan: "ZZZPA1001A") { compliance { standing } } }');
    expect(data).toEqual({ taxpayer: { compliance: { standing: "COMPLIANT" } } });
  });
});

describe("a body", () => {
  const blank = (bytes: number) => '{"query":"{ __typename }"}'.padEnd(bytes, " ");

  it("of as many bytes as are allowed is taken", async () => {
    expect((await post(blank(usualLimits.bodyBytes))).status).toBe(200);
  });

  it("of one byte more is refused", async () => {
    const { status, text } = await post(blank(usualLimits.bodyBytes + 1));
    expect(status).toBe(413);
    expect(text).toContain("LIMIT_EXCEEDED");
  });

  it("that says it is small is read no further than it says", async () => {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${service.token}`,
      "content-length": "2",
    };
    expect(statusOf(await exchange(service.url, rawRequest("POST /graphql", headers, blank(100))))).toBe(400);
  });
});

describe("a WebSocket", () => {
  it("is closed when its frame is too large", async () => {
    const webSocket = await openAcknowledged();
    webSocket.send("a".repeat(usualLimits.bodyBytes + 1));
    expect(await closeCodeOf(webSocket)).toBe(1009);
  });

  it("is closed when it asks before it was let in", async () => {
    const webSocket = openWebSocket();
    await once(webSocket, "open");
    webSocket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: "{ __typename }" } }));
    expect(await closeCodeOf(webSocket)).toBe(4401);
  });

  it("is closed when it never says who it is", async () => {
    const webSocket = openWebSocket();
    await once(webSocket, "open");
    expect(await closeCodeOf(webSocket)).toBe(4408);
  });

  it.each([
    ["is too large", "a".repeat(usualLimits.bodyBytes + 1)],
    ["is of no known kind", '{"type":"nonsense"}'],
    ["is for the server to send", '{"type":"next","id":"1","payload":{}}'],
  ])("writes nothing on standard error when its message %s", async (_what, message) => {
    const before = service.errors();
    const webSocket = await openAcknowledged();
    webSocket.send(message);
    await closeCodeOf(webSocket);
    await fetch(service.url);
    expect(service.errors()).toBe(before);
  });

  it("is closed when it does not speak the protocol", async () => {
    const webSocket = await openAcknowledged();
    webSocket.send("CANARY");
    expect(await closeCodeOf(webSocket)).toBe(4400);
  });

  it("is closed when it gives two operations one name", async () => {
    const webSocket = await openAcknowledged();
    const query = "subscription ($id: ID!) { sessionChanged(id: $id) { id } }";
    const subscribe = JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables: { id: "none" } } });
    webSocket.send(subscribe);
    webSocket.send(subscribe);
    expect(await closeCodeOf(webSocket)).toBe(4409);
  });
});
