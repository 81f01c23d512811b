import { open, openInput } from "../support/sessionCaller";
import { OpenSessionDocument } from "../../packages/client/src/operations";
import { startTestService, type TestService } from "../support/service";

const compliance = `query ($pans: [Pan!]!) { taxpayers(pans: $pans) { compliance(maxAgeSeconds: 0) { itrFiled } } }`;
const today = `query ($day: Date!) {
  usage(from: $day, to: $day) { date provider upstreamCalls portalLogins rupees }
  rateLimit { today { rupees rupeesLimit portalLogins portalLoginsLimit } }
}`;

interface Reported {
  readonly usage: readonly { provider: string; upstreamCalls: number; portalLogins: number; rupees: number }[];
  readonly rateLimit: { readonly today: Record<string, number> };
}

const indianOffsetMs = 5.5 * 3_600_000;

async function toldOf(service: TestService, tenant: string): Promise<Reported> {
  const day = new Date(service.now() + indianOffsetMs).toISOString().slice(0, 10);
  const { data, errors } = await service.ask<Reported, { day: string }>(today, { day }, { tenant });
  expect(errors).toBeUndefined();
  return data!;
}

describe("what a tenant has spent today", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({ AAY_LIMIT_LOGINS_PER_DAY: "3", AAY_LIMIT_RUPEES_PER_DAY: "30" });
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  it("is the sum of what each answer has told as its cost", async () => {
    const tenant = "counting";
    const pans = Array.from({ length: 9 }, (_, index) => `ZZZPU${2_000 + index}S`);
    const answers = await Promise.all(
      [pans.slice(0, 4), pans.slice(2, 7), pans].map((list) =>
        service.ask<unknown, unknown>(compliance, { pans: list }, { tenant }),
      ),
    );
    const costs = answers.map(({ extensions }) => extensions!.cost);
    const input = openInput({ provider: "KWIKID" });
    for (let time = 0; time < 2; time += 1) {
      const opened = await service.ask(OpenSessionDocument, { input }, { tenant });
      costs.push(opened.extensions!.cost);
    }
    const sum = (name: string) => costs.reduce((total, cost) => total + cost[name]!, 0);
    const { usage, rateLimit } = await toldOf(service, tenant);
    const spent = (name: "upstreamCalls" | "portalLogins" | "rupees") =>
      usage.reduce((total, row) => total + row[name], 0);
    expect([spent("upstreamCalls"), spent("portalLogins")]).toEqual([sum("upstreamCalls"), 1]);
    expect(sum("portalLogins")).toBe(1);
    expect(spent("rupees")).toBeCloseTo(sum("rupees"), 6);
    expect(sum("upstreamCalls")).toBeGreaterThanOrEqual(9);
    expect(rateLimit.today).toEqual({
      rupees: spent("rupees"),
      rupeesLimit: 30,
      portalLogins: 1,
      portalLoginsLimit: 3,
    });
  });

  it("refuses the login beyond the ceiling until midnight in India", async () => {
    const tenant = "eager";
    for (let time = 0; time < 3; time += 1) await open(service, openInput({ provider: "KWIKID" }), { tenant });
    const { data } = await service.ask(OpenSessionDocument, { input: openInput({ provider: "KWIKID" }) }, { tenant });
    expect(data?.openSession).toMatchObject({
      session: null,
      problem: { code: "RATE_LIMITED", blame: "CALLER", retryable: true },
    });
    expect(data?.openSession.problem?.retryAfterSeconds).toBeGreaterThan(0);
    expect((await toldOf(service, tenant)).rateLimit.today.portalLogins).toBe(3);
  });

  it("refuses calls beyond the rupees of a day, and answers what they do not need", async () => {
    const tenant = "spending";
    const pans = Array.from({ length: 40 }, (_, index) => `ZZZPV${3_000 + index}S`);
    const { data } = await service.ask<{ taxpayers: { compliance: unknown }[] }, unknown>(
      compliance,
      { pans },
      { tenant },
    );
    const answered = data!.taxpayers.filter(({ compliance: known }) => known !== null);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.length).toBeLessThan(40);
    expect((await toldOf(service, tenant)).rateLimit.today.rupees).toBeLessThanOrEqual(30);
  });

  it("is told of a tenant to its own operators alone", async () => {
    const { errors } = await service.ask<unknown, unknown>(
      `{ usage(from: "2026-01-01", to: "2026-01-02") { rupees } }`,
      {},
      { scopes: ["income:read"] },
    );
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  it("is told for a year at most", async () => {
    const { errors } = await service.ask<unknown, unknown>(
      `{ usage(from: "2026-01-01", to: "2027-01-02") { rupees } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT", field: "to" } }]);
  });
});
