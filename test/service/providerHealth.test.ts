import { ComplianceDocument, ProvidersDocument, type ProvidersQuery } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ EKO_CALL_LIMITS: "50/m,1000/d" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

type Told = ProvidersQuery["providers"][number];

async function healthOf(id: Told["id"], variables = {}): Promise<Told["health"]> {
  const { data, errors } = await service.ask(ProvidersDocument, variables);
  expect(errors).toBeUndefined();
  return data!.providers.find((provider) => provider.id === id)!.health;
}

/** Until what was counted is written, which takes a moment. */
async function healthOnceSeen(isSeen: (health: Told["health"]) => boolean): Promise<Told["health"]> {
  for (;;) {
    const health = await healthOf("EKO", { periods: 2, periodMinutes: 15 });
    if (isSeen(health)) return health;
  }
}

describe("a provider's health", () => {
  it("has the calls that were made, and what the plan allows after them", async () => {
    await service.ask(ComplianceDocument, { pan: "ZZZPA1001A" });
    const { history, callsLeft, operations } = await healthOnceSeen((health) => health.history!.at(-1)!.calls > 0);
    const [call] = operations.filter(({ calls }) => calls > 0);
    const now = history!.at(-1)!;
    expect(now).toMatchObject({ calls: call!.calls, successRate: 1, breaker: "CLOSED" });
    expect(now.p50Ms).toBeGreaterThan(0);
    expect(callsLeft).toEqual([
      { windowSeconds: 60, limit: 50, left: 50 - call!.calls },
      { windowSeconds: 86_400, limit: 1_000, left: 1_000 - call!.calls },
    ]);
  });

  it("has every period that was asked for, those without calls too", async () => {
    const { history } = await healthOf("KWIKID", { periods: 96, periodMinutes: 15 });
    const starts = history!.map(({ startsAt }) => Date.parse(startsAt));
    expect(history).toHaveLength(96);
    expect(history![0]).toMatchObject({ calls: 0, successRate: null, p50Ms: null, p95Ms: null, breaker: "CLOSED" });
    expect(new Set(starts.slice(1).map((start, place) => start - starts[place]!))).toEqual(new Set([900_000]));
  });

  it.each([
    ["periods", { periods: 97 }],
    ["periods", { periods: 0 }],
    ["periodMinutes", { periodMinutes: 16 }],
  ])("refuses %s beyond a day", async (field, variables) => {
    const { errors } = await service.ask(ProvidersDocument, variables);
    expect(errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT" });
    expect(errors![0]!.message).toContain(field);
  });

  it("is no limit where the vendor has none", async () => {
    expect((await healthOf("KWIKID")).callsLeft).toEqual([]);
  });
});
