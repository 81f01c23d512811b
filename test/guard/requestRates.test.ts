import { createRequestRates } from "../../src/guard/requestRates";
import type { RateWindowStore } from "../../src/guard/ports";
import { manualClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import { usualLimits } from "../support/usualLimits";

const startMs = Date.UTC(2026, 7, 1, 0, 0, 10);

/** What all processes share, in memory; and how often it was asked. */
function sharedWindows() {
  const claimedByWindow = new Map<string, number>();
  const shared = {
    statements: 0,
    claim: (async (tenant, windowStartMs, count) => {
      shared.statements += 1;
      await Promise.resolve();
      const key = `${tenant}|${windowStartMs}`;
      const claimed = (claimedByWindow.get(key) ?? 0) + count;
      claimedByWindow.set(key, claimed);
      return claimed;
    }) as RateWindowStore["claim"],
  };
  return shared;
}

function ratesFor(requestsPerMinute: number, store: RateWindowStore = sharedWindows(), clock = manualClock(startMs)) {
  const events = createEvents();
  const failures: string[] = [];
  events.on("background failed", ({ what }) => failures.push(what));
  const rates = createRequestRates({ limits: { ...usualLimits, requestsPerMinute }, store, clock, events });
  return { rates, clock, failures };
}

type Rates = ReturnType<typeof ratesFor>["rates"];

/** How many of so many requests are served. */
async function served(rates: Rates, times: number, tenant = "lender"): Promise<number> {
  let count = 0;
  for (let time = 0; time < times; time += 1) {
    await Promise.resolve(rates.take(tenant)).then(
      () => (count += 1),
      () => undefined,
    );
  }
  return count;
}

describe("a tenant's requests in a minute", () => {
  it.each([1, 5, 20, 41, 1_000])("are served up to a limit of %d", async (limit) => {
    const { rates } = ratesFor(limit);
    expect(await served(rates, limit + 50)).toBe(limit);
  });

  it("are served to the same number when they come all at once", async () => {
    const { rates } = ratesFor(50);
    const asked = await Promise.allSettled(Array.from({ length: 80 }, async () => rates.take("lender")));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
  });

  it("are refused beyond it with the seconds until the next", async () => {
    const { rates } = ratesFor(1);
    await rates.take("lender");
    await expect(rates.take("lender")).rejects.toMatchObject({
      code: "RATE_LIMITED",
      context: { retryAfterSeconds: 50 },
      message: expect.stringContaining("At most 1 requests of one tenant a minute") as string,
    });
  });

  it("are free again in the next", async () => {
    const { rates, clock } = ratesFor(3);
    expect(await served(rates, 5)).toBe(3);
    clock.advance(50_000);
    expect(await served(rates, 5)).toBe(3);
  });

  it("are no concern of another tenant's", async () => {
    const { rates } = ratesFor(3);
    await served(rates, 5);
    expect(await served(rates, 5, "other")).toBe(3);
  });

  it("are counted down", async () => {
    const { rates } = ratesFor(40);
    expect(await rates.take("lender")).toMatchObject({ limit: 40, remaining: 39, secondsLeft: 50 });
    expect(await rates.take("lender")).toMatchObject({ limit: 40, remaining: 38 });
  });

  it("are shared by all processes", async () => {
    const store = sharedWindows();
    const [one, two] = [ratesFor(100, store), ratesFor(100, store)];
    let count = 0;
    for (let turn = 0; turn < 150; turn += 1) count += (await served(one.rates, 1)) + (await served(two.rates, 1));
    expect(count).toBe(100);
  });

  it("cost a statement for every twentieth part, and none for what is refused", async () => {
    const store = sharedWindows();
    const { rates } = ratesFor(1_000, store);
    await served(rates, 5_000);
    expect(store.statements).toBeLessThanOrEqual(21);
  });

  it("are handed out at once while a share is left", async () => {
    const { rates } = ratesFor(1_000);
    await rates.take("lender");
    expect(rates.take("lender")).not.toBeInstanceOf(Promise);
  });
});

describe("while the store is down", () => {
  const down: RateWindowStore = { claim: () => Promise.reject(new Error("down")) };

  it("each process serves up to the limit by itself", async () => {
    const { rates } = ratesFor(7, down);
    expect(await served(rates, 20)).toBe(7);
  });

  it("it is told once a minute", async () => {
    const { rates, clock, failures } = ratesFor(7, down);
    await served(rates, 20);
    clock.advance(60_000);
    await served(rates, 20);
    expect(failures).toEqual(Array(2).fill("claiming a share of a tenant's requests"));
  });
});
