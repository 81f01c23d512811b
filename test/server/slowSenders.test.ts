import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { Registry } from "prom-client";
import { createEvents } from "../../src/kernel/events";
import { createHttpServer, type Patience } from "../../src/server/http/http";
import { readJsonBody } from "../../src/server/http/requestBody";
import { usualLimits } from "../support/usualLimits";
import { openSocket, statusOf, whenClosed } from "../support/rawHttp";

let server: Server;
let url: string;
const sockets: Socket[] = [];
const bodies: Promise<unknown>[] = [];

/** The server of the service, with room for three. */
async function start(patience?: Patience): Promise<void> {
  const settings = {
    graphql: (request: IncomingMessage) =>
      bodies.push(readJsonBody(request, usualLimits).catch((refusal: unknown) => refusal)),
    documents: () => undefined,
    taxpayerPages: new Map(),
    receiptKeys: () => Promise.resolve({ keys: [] }),
    uploads: (_request: IncomingMessage, response: ServerResponse) => setTimeout(() => response.end("kept"), 900),
    pages: [],
    health: { isReady: () => Promise.resolve(true) },
    metrics: new Registry(),
    authenticate: () => Promise.reject(new Error("nobody is authenticated here")),
    events: createEvents(),
    isLive: true,
    allowedOrigins: [],
    maxConnections: 3,
  };
  server = createHttpServer(settings, patience).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

async function open(said = ""): Promise<{ readonly ended: Promise<string>; readonly socket: Socket }> {
  const socket = await openSocket(url);
  sockets.push(socket);
  let heard = "";
  socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
  const ended = whenClosed(socket).then(() => heard);
  socket.write(said);
  return { ended, socket };
}

/** A byte now and then, until the server has had enough. */
function drip(socket: Socket, byte: string): void {
  const dripping = setInterval(() => socket.write(byte), 5);
  socket.once("close", () => {
    clearInterval(dripping);
  });
}

const head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10000\r\n";

describe("a sender", () => {
  const hurry = {
    ...{ headersTimeout: 400, requestTimeout: 600, uploadTimeout: 60_000 },
    ...{ keepAliveTimeout: 60_000, connectionsCheckingInterval: 20 },
  };
  beforeEach(() => start(hurry));

  it.each([
    ["who says nothing", ""],
    ["who never ends the head", head],
    ["who never ends a line", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: a"],
  ])("%s is cut off", async (_title, said) => {
    const { ended } = await open(said);
    expect(statusOf(await ended)).toBe(408);
  });

  it("who sends a head byte by byte is cut off all the same", async () => {
    const { ended, socket } = await open("GET / HTTP/1.1\r\n");
    drip(socket, "x");
    expect(statusOf(await ended)).toBe(408);
  });

  it("who never ends the body is cut off, and what came of it is given up", async () => {
    const { ended } = await open(`${head}\r\n{`);
    expect(statusOf(await ended)).toBe(408);
    expect(await bodies.at(-1)).toMatchObject({ name: "RefusedBody", httpStatus: 400 });
  });

  it("who sends a body byte by byte is cut off all the same", async () => {
    const { ended, socket } = await open(`${head}\r\n`);
    drip(socket, " ");
    expect(statusOf(await ended)).toBe(408);
  });
});

describe("a sender of a long list", () => {
  beforeEach(() =>
    start({
      ...{ headersTimeout: 400, requestTimeout: 600, uploadTimeout: 1_500 },
      ...{ keepAliveTimeout: 60_000, connectionsCheckingInterval: 20 },
    }),
  );
  const upload = head.replace("/graphql", "/runs/uploads");

  it("has more time than others", async () => {
    const { ended } = await open(`${upload}\r\nPAN`);
    expect(statusOf(await ended)).toBe(200);
  });
});

describe("when all connections are taken by those who ask nothing", () => {
  beforeEach(() => start());

  it("room is made for whoever comes after the one who is turned away", async () => {
    const asked = "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n";
    for (let idle = 0; idle < 3; idle += 1) await once((await open(asked)).socket, "data");
    const { ended } = await open(asked);
    expect(await ended).toBe("");
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});

describe("live mode", () => {
  beforeEach(() => start());

  it("asks browsers to come by TLS only", async () => {
    const { headers } = await fetch(`${url}/health/live`);
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
  });
});
