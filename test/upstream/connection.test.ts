import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { Fault } from "../../src/kernel/fault";
import { Secret } from "../../src/kernel/secret";
import { eko } from "../../src/providers/eko";
import type { Provider, CallLimit, CallPolicy } from "../../src/providers/provider";
import { createMetrics } from "../../src/server/http/metrics";
import { createPortalWatch } from "../../src/upstream/portalWatch";
import { openConnection } from "../../src/upstream/connection";
import { credentialsOf } from "../support/credentials";
import { openStandInServer } from "../support/standInServer";
import { codeOf, repeat, staying, succeed } from "./operationUnderTest";

const asking: CallPolicy = { repeat: "NEVER", portal: { isAsked: true, hasAnswered: () => true } };
const portalDown = () => Promise.reject(new Fault("PORTAL_UNAVAILABLE"));

async function openConnections() {
  const stack = new AsyncDisposableStack();
  const server = stack.use(
    await openStandInServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain" }).end("the file");
    }),
  );
  const clock = manualClock(0);
  const events = createEvents();
  const slots = { take: jest.fn(() => Promise.resolve(0)), taken: () => Promise.resolve([2, 40]) };
  const obtained: string[] = [];
  const secrets = {
    obtain: (name: string) => {
      obtained.push(name);
      return Promise.resolve({ secret: new Secret("shared"), expiresAtMs: 3_600_000 });
    },
    discard: () => Promise.resolve(),
  };
  const grounds = { portal: createPortalWatch(clock), slots, secrets, clock, events };
  const open = (changes: Partial<Provider>, wish: { callLimits?: readonly CallLimit[]; fileHosts?: string[] } = {}) =>
    stack.use(
      openConnection(
        { ...eko, ...changes },
        {
          baseUrl: server.url,
          allowPrivate: false,
          credentials: credentialsOf({}),
          pace: { timeoutMs: 1_000, maxInFlight: 2, callLimits: wish.callLimits ?? [] },
          fileHosts: wish.fileHosts ?? [],
        },
        grounds,
      ),
    );
  return { server, events, slots, obtained, open, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe("the connection to a vendor", () => {
  it("tells the health of each of its operations", async () => {
    await using connections = await openConnections();
    const connection = connections.open({});
    connection.tools.operation("one");
    connection.tools.operation("two", { repeat: "SAFE" });
    expect(connection.health().map(({ operation }) => operation)).toEqual(["one", "two"]);
  });

  it("rests with those of the other login vendors", async () => {
    await using connections = await openConnections();
    const [kwikid, tutelar, finpass] = (["KWIKID", "TUTELAR", "FINPASS"] as const).map((id) =>
      connections.open({ id, login: "PASSWORD" }).tools.operation("login", asking),
    );
    for (const login of [kwikid!, tutelar!, finpass!]) await repeat(4, () => login(staying, portalDown));
    expect(await codeOf(finpass!(staying, succeed))).toBe("PORTAL_UNAVAILABLE");
    expect(await connections.open({}).tools.operation("check")(staying, succeed)).toBe("one");
  });

  it("tells how many calls its plan still allows", async () => {
    await using connections = await openConnections();
    const callLimits = [
      { windowMs: 1_000, mostCalls: 2 },
      { windowMs: 60_000, mostCalls: 100 },
    ];
    expect((await connections.open({}, { callLimits }).callsLeft()).map(({ left }) => left)).toEqual([0, 60]);
    expect(await connections.open({}).callsLeft()).toEqual([]);
  });

  it("asks for slots only where there are limits to keep", async () => {
    await using connections = await openConnections();
    const callLimits = [{ windowMs: 1_000, mostCalls: 2 }];
    await connections.open({ callLimits }).tools.operation("one")(staying, succeed);
    expect(connections.slots.take).not.toHaveBeenCalled();
    await connections.open({}, { callLimits }).tools.operation("one")(staying, succeed);
    expect(connections.slots.take).toHaveBeenCalledTimes(1);
  });

  it("keeps secrets under the vendor's name and address", async () => {
    await using connections = await openConnections();
    const token = connections
      .open({ id: "DEEPVUE" })
      .tools.sharedSecret("token", () => Promise.reject(new Error("unused")));
    expect((await token.get(staying)).reveal()).toBe("shared");
    expect(connections.obtained).toEqual([`token of DEEPVUE at ${connections.server.url.host}`]);
  });

  it("brings files", async () => {
    await using connections = await openConnections();
    const { bytes } = await connections.open({}).tools.fetchFile(`${connections.server.url.href}a.txt`, staying);
    expect(bytes.toString()).toBe("the file");
  });

  it("brings files from where the operator says that they may lie", async () => {
    await using connections = await openConnections();
    await using elsewhere = await openStandInServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain" }).end("from elsewhere");
    });
    const link = `${elsewhere.url.href}a.txt`;
    expect(await codeOf(connections.open({}).tools.fetchFile(link, staying))).toBe("PROVIDER_BAD_RESPONSE");
    const { tools } = connections.open({}, { fileHosts: [elsewhere.url.origin] });
    expect((await tools.fetchFile(link, staying)).bytes.toString()).toBe("from elsewhere");
  });

  it("stays well however many links to other hosts are refused", async () => {
    await using connections = await openConnections();
    const connection = connections.open({});
    await repeat(20, () => connection.tools.fetchFile("https://elsewhere.example/a.txt", staying));
    expect(connection.health()).toMatchObject([{ operation: "file", breaker: "CLOSED", calls: 0 }]);
    const { bytes } = await connection.tools.fetchFile(`${connections.server.url.href}a.txt`, staying);
    expect(bytes.toString()).toBe("the file");
  });

  it("takes no slot of the vendor's for a file", async () => {
    await using connections = await openConnections();
    const callLimits = [{ windowMs: 1_000, mostCalls: 2 }];
    await connections.open({}, { callLimits }).tools.fetchFile(`${connections.server.url.href}a.txt`, staying);
    expect(connections.slots.take).not.toHaveBeenCalled();
  });
});

describe("fields that no contract knows", () => {
  it("are counted for their vendor", async () => {
    await using connections = await openConnections();
    const registry = createMetrics(connections.events);
    const { tools } = connections.open({ id: "KWIKID" });
    for (const count of [2, 0, 3]) tools.countUnknownFields(count);
    expect(await registry.getSingleMetricAsString("aaygraph_unknown_fields_total")).toContain(
      'aaygraph_unknown_fields_total{provider="KWIKID"} 5',
    );
  });
});
