import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { Fault } from "../../src/kernel/fault";
import { Secret } from "../../src/kernel/secret";
import { eko } from "../../src/providers/eko";
import type { Provider, CallLimit, Manner } from "../../src/providers/provider";
import { createMetrics } from "../../src/server/http/metrics";
import { createPortalWatch } from "../../src/upstream/portalWatch";
import { openRoad } from "../../src/upstream/connection";
import { credentialsOf } from "../support/credentials";
import { openStandInServer } from "../support/standInServer";
import { codeOf, repeat, staying, succeed } from "./operationUnderTest";

const asking: Manner = { repeat: "NEVER", portal: { isAsked: true, hasAnswered: () => true } };
const portalDown = () => Promise.reject(new Fault("PORTAL_UNAVAILABLE"));

async function openRoads() {
  const stack = new AsyncDisposableStack();
  const server = stack.use(
    await openStandInServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain" }).end("the file");
    }),
  );
  const clock = manualClock(0);
  const events = createEvents();
  const slots = { take: jest.fn(() => Promise.resolve(0)) };
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
      openRoad(
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

describe("the road to a vendor", () => {
  it("tells the health of each of its operations", async () => {
    await using roads = await openRoads();
    const road = roads.open({});
    road.tools.operation("one");
    road.tools.operation("two", { repeat: "SAFE" });
    expect(road.health().map(({ operation }) => operation)).toEqual(["one", "two"]);
  });

  it("rests with those of the other login vendors", async () => {
    await using roads = await openRoads();
    const [kwikid, tutelar, finpass] = (["KWIKID", "TUTELAR", "FINPASS"] as const).map((id) =>
      roads.open({ id, login: "PASSWORD" }).tools.operation("login", asking),
    );
    for (const login of [kwikid!, tutelar!, finpass!]) await repeat(4, () => login(staying, portalDown));
    expect(await codeOf(finpass!(staying, succeed))).toBe("PORTAL_UNAVAILABLE");
    expect(await roads.open({}).tools.operation("check")(staying, succeed)).toBe("one");
  });

  it("asks for slots only where there are limits to keep", async () => {
    await using roads = await openRoads();
    const callLimits = [{ windowMs: 1_000, mostCalls: 2 }];
    await roads.open({ callLimits }).tools.operation("one")(staying, succeed);
    expect(roads.slots.take).not.toHaveBeenCalled();
    await roads.open({}, { callLimits }).tools.operation("one")(staying, succeed);
    expect(roads.slots.take).toHaveBeenCalledTimes(1);
  });

  it("keeps secrets under the vendor's name and address", async () => {
    await using roads = await openRoads();
    const token = roads.open({ id: "DEEPVUE" }).tools.sharedSecret("token", () => Promise.reject(new Error("unused")));
    expect((await token.get(staying)).reveal()).toBe("shared");
    expect(roads.obtained).toEqual([`token of DEEPVUE at ${roads.server.url.host}`]);
  });

  it("brings files", async () => {
    await using roads = await openRoads();
    const { bytes } = await roads.open({}).tools.fetchFile(`${roads.server.url.href}a.txt`, staying);
    expect(bytes.toString()).toBe("the file");
  });

  it("brings files from where the operator says that they may lie", async () => {
    await using roads = await openRoads();
    await using elsewhere = await openStandInServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain" }).end("from elsewhere");
    });
    const link = `${elsewhere.url.href}a.txt`;
    expect(await codeOf(roads.open({}).tools.fetchFile(link, staying))).toBe("PROVIDER_BAD_RESPONSE");
    const { tools } = roads.open({}, { fileHosts: [elsewhere.url.origin] });
    expect((await tools.fetchFile(link, staying)).bytes.toString()).toBe("from elsewhere");
  });

  it("stays well however many links to other hosts are refused", async () => {
    await using roads = await openRoads();
    const road = roads.open({});
    await repeat(20, () => road.tools.fetchFile("https://elsewhere.example/a.txt", staying));
    expect(road.health()).toMatchObject([{ operation: "file", breaker: "CLOSED", calls: 0 }]);
    const { bytes } = await road.tools.fetchFile(`${roads.server.url.href}a.txt`, staying);
    expect(bytes.toString()).toBe("the file");
  });

  it("takes no slot of the vendor's for a file", async () => {
    await using roads = await openRoads();
    const callLimits = [{ windowMs: 1_000, mostCalls: 2 }];
    await roads.open({}, { callLimits }).tools.fetchFile(`${roads.server.url.href}a.txt`, staying);
    expect(roads.slots.take).not.toHaveBeenCalled();
  });
});

describe("fields that no contract knows", () => {
  it("are counted for their vendor", async () => {
    await using roads = await openRoads();
    const registry = createMetrics(roads.events);
    const { tools } = roads.open({ id: "KWIKID" });
    for (const count of [2, 0, 3]) tools.countUnknownFields(count);
    expect(await registry.getSingleMetricAsString("aaygraph_unknown_fields_total")).toContain(
      'aaygraph_unknown_fields_total{provider="KWIKID"} 5',
    );
  });
});
