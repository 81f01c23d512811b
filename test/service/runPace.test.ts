import { randomUUID } from "node:crypto";
import { onRecord, openStandInEko, type StandInEko } from "../support/standInEko";
import {
  allResults,
  isFinished,
  pansFrom,
  readRun,
  runFields,
  runUntil,
  spentToday,
  startRun,
} from "../support/runCaller";
import type { RunOfCaller } from "../support/runCaller";
import { subscribe } from "../support/sessionCaller";
import { startTestService, type TestService } from "../support/service";

type Caller = NonNullable<Parameters<typeof startRun>[2]>;

let eko: StandInEko;
let service: TestService;
let aheadMs = 0;

/** The real clock, which a test may put forward. Timers are real. */
const clock = {
  now: () => Date.now() + aheadMs,
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

beforeAll(async () => {
  eko = await openStandInEko();
  service = await startTestService({ ...eko.env, AAY_LIMIT_RUPEES_PER_DAY: "100", EKO_MAX_IN_FLIGHT: "4" }, clock);
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

afterEach(() => {
  eko.reply = (pan) => onRecord(pan);
});

let nextPan = 0;
function newPans(count: number): string[] {
  nextPan += count;
  return pansFrom(nextPan - count, count);
}

function askedOf(pans: readonly string[]): number {
  return eko.askedPans.filter((pan) => pans.includes(pan)).length;
}

function newTenant(): Caller {
  return { tenant: randomUUID() };
}

/** Replies wait until they are let go. */
function holdReplies(): { readonly waiting: () => number; readonly letGo: () => void } {
  const gate = Promise.withResolvers<undefined>();
  let waiting = 0;
  eko.reply = async (pan) => {
    waiting += 1;
    await gate.promise;
    return onRecord(pan);
  };
  return {
    waiting: () => waiting,
    letGo: () => {
      gate.resolve(undefined);
    },
  };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const isPaused = ({ state }: RunOfCaller) => state === "PAUSED";

describe("the budget of a run", () => {
  it("pauses it before a call would exceed it, and leaves it so", async () => {
    const caller = newTenant();
    const pans = newPans(12);
    const { run } = await startRun(service, { pans, maxRupees: 10 }, caller);
    const paused = await runUntil(service, run!.id, isPaused, caller);
    expect(paused).toMatchObject({ done: 4, rupees: 8.16, problem: { code: "LIMIT_EXCEEDED", field: "maxRupees" } });
    expect([askedOf(pans), await spentToday(service, caller)]).toEqual([4, { calls: 4, rupees: 8.16 }]);
    aheadMs += 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect([askedOf(pans), (await readRun(service, run!.id, caller)).state]).toEqual([4, "PAUSED"]);
  });

  it("of nothing lets stored answers through", async () => {
    const caller = newTenant();
    const pans = newPans(5);
    const first = await startRun(service, { pans }, caller);
    await runUntil(service, first.run!.id, isFinished, caller);
    const { run } = await startRun(service, { pans, maxRupees: 0 }, caller);
    expect(await runUntil(service, run!.id, isFinished, caller)).toMatchObject({ found: 5, rupees: 0 });
  });

  it("is bounded by what the tenant may spend in a day, and goes on the next day", async () => {
    const caller = newTenant();
    const pans = newPans(52);
    const { run } = await startRun(service, { pans }, caller);
    const paused = await runUntil(service, run!.id, isPaused, caller);
    expect(paused).toMatchObject({ done: 49, problem: { code: "RATE_LIMITED" } });
    expect(paused.rupees).toBeLessThanOrEqual(100);
    aheadMs += 24 * 3_600_000;
    const finished = await runUntil(service, run!.id, isFinished, caller);
    expect([finished.found, askedOf(pans)]).toEqual([52, 52]);
    expect(finished.rupees).toBeCloseTo(52 * 2.04, 6);
  });
});

describe("a provider that is down", () => {
  it("pauses the run, costs nothing, and is asked again when it is back", async () => {
    const caller = newTenant();
    const pans = newPans(20);
    let answered = 0;
    eko.reply = (pan) => {
      answered += 1;
      return answered > 6 ? { status: 503, body: {} } : onRecord(pan);
    };
    const { run } = await startRun(service, { pans }, caller);
    const paused = await runUntil(service, run!.id, isPaused, caller);
    expect(paused.problem).toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect(paused.estimatedFinishAt).toBeNull();
    eko.reply = (pan) => onRecord(pan);
    aheadMs += 60_000;
    const finished = await runUntil(service, run!.id, isFinished, caller);
    expect(finished).toMatchObject({ found: 20, problem: null });
    expect(finished.rupees).toBeCloseTo(20 * 2.04, 6);
    expect((await spentToday(service, caller)).rupees).toBe(finished.rupees);
  });

  it("and comes back for all but one holds up nobody else", async () => {
    const caller = newTenant();
    const pans = newPans(8);
    eko.reply = () => ({ status: 503, body: {} });
    const { run } = await startRun(service, { pans }, caller);
    await runUntil(service, run!.id, isPaused, caller);
    eko.reply = (pan) => (pan === pans[0] ? { status: 503, body: {} } : onRecord(pan));
    aheadMs += 60_000;
    const rest = await runUntil(service, run!.id, ({ done }) => done >= 7, caller);
    expect(rest.found).toBe(7);
    await runUntil(service, run!.id, isFinished, caller);
  });

  it("for one person alone fails that line", async () => {
    const caller = newTenant();
    const pans = newPans(9);
    eko.reply = (pan) => (pan === pans[2] ? { status: 503, body: {} } : onRecord(pan));
    const { run } = await startRun(service, { pans }, caller);
    const finished = await runUntil(service, run!.id, isFinished, caller);
    expect([finished.found, finished.failed]).toEqual([8, 1]);
    const results = await allResults(service, run!.id, { caller });
    expect(results[2]).toMatchObject({ position: 3, outcome: "FAILED", problem: { code: "PROVIDER_UNAVAILABLE" } });
  });
});

describe("a cancelled run", () => {
  it("asks about nobody else, and keeps what it has", async () => {
    const caller = newTenant();
    const pans = newPans(40);
    const held = holdReplies();
    const { run } = await startRun(service, { pans }, caller);
    await until(() => held.waiting() === 3);
    const { data } = await service.ask<{ cancelComplianceRun: { run: RunOfCaller; replayed: boolean } }, unknown>(
      `mutation ($id: ID!) { cancelComplianceRun(input: { runId: $id }) { run { ${runFields} } replayed } }`,
      { id: run!.id },
      caller,
    );
    expect(data!.cancelComplianceRun).toMatchObject({ run: { state: "CANCELLED" }, replayed: false });
    held.letGo();
    const settled = await runUntil(service, run!.id, ({ done }) => done === 3, caller);
    expect(settled).toMatchObject({ state: "CANCELLED", found: 3, rupees: 6.12 });
    expect(settled.finishedAt).not.toBeNull();
    expect(askedOf(pans)).toBe(3);
  });

  it("is cancelled once", async () => {
    const caller = newTenant();
    const { run } = await startRun(service, { pans: newPans(1), maxRupees: 0 }, caller);
    const cancel = "mutation ($id: ID!) { cancelComplianceRun(input: { runId: $id }) { run { state } replayed } }";
    await service.ask(cancel, { id: run!.id }, caller);
    const { data } = await service.ask(cancel, { id: run!.id }, caller);
    expect(data).toEqual({ cancelComplianceRun: { run: { state: "CANCELLED" }, replayed: true } });
  });
});

describe("a caller who asks while a run is under way", () => {
  it("has a place at the provider at once", async () => {
    const caller = newTenant();
    const held = holdReplies();
    const [own] = newPans(1);
    const { run } = await startRun(service, { pans: newPans(10) }, caller);
    await until(() => held.waiting() === 3);
    eko.reply = (pan) => onRecord(pan);
    const { data } = await service.ask(
      "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance { standing } } }",
      { pan: own },
      caller,
    );
    expect(data).toEqual({ taxpayer: { compliance: { standing: "COMPLIANT" } } });
    expect((await readRun(service, run!.id, caller)).done).toBe(0);
    held.letGo();
    await runUntil(service, run!.id, isFinished, caller);
  });

  it("about the same person shares the run's call", async () => {
    const caller = newTenant();
    const held = holdReplies();
    const pans = newPans(2);
    const { run } = await startRun(service, { pans }, caller);
    await until(() => held.waiting() === 2);
    const asking = service.ask<unknown, unknown>(
      "query ($pan: Pan!) { taxpayer(pan: $pan) { compliance { standing } } }",
      { pan: pans[0] },
      caller,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    held.letGo();
    const { extensions } = await asking;
    expect(extensions!.cost).toMatchObject({ upstreamCalls: 0, sharedFlights: 1 });
    await runUntil(service, run!.id, isFinished, caller);
    expect(askedOf(pans)).toBe(2);
  });
});

describe("a run that is watched", () => {
  it("comes as it is, then further, and completes when it is over", async () => {
    const caller = newTenant();
    const held = holdReplies();
    const { run } = await startRun(service, { pans: newPans(8) }, caller);
    const seen: RunOfCaller[] = [];
    const watch = `subscription ($id: ID!) { complianceRunChanged(id: $id) { ${runFields} } }`;
    for await (const { data } of subscribe<{ complianceRunChanged: RunOfCaller }>(
      service,
      watch,
      { id: run!.id },
      caller,
    )) {
      if (seen.length === 0) held.letGo();
      seen.push(data!.complianceRunChanged);
    }
    expect(seen[0]).toMatchObject({ state: "RUNNING", done: 0 });
    expect(seen.at(-1)).toMatchObject({ state: "FINISHED", done: 8, estimatedFinishAt: null });
    expect(seen.length).toBeLessThanOrEqual(4);
  });

  it("is estimated by its pace so far", async () => {
    const caller = newTenant();
    const pans = newPans(30);
    const gate = Promise.withResolvers<undefined>();
    eko.reply = async (pan) => {
      if (pans.indexOf(pan) >= 10) await gate.promise;
      return onRecord(pan);
    };
    const { run } = await startRun(service, { pans }, caller);
    const under = await runUntil(service, run!.id, ({ done }) => done === 10, caller);
    const askedAtMs = clock.now();
    expect(Date.parse(under.estimatedFinishAt!)).toBeGreaterThan(askedAtMs);
    gate.resolve(undefined);
    await runUntil(service, run!.id, isFinished, caller);
  });
});
