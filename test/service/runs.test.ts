import { randomUUID } from "node:crypto";
import { openStandInEko, type StandInEko } from "../support/standInEko";
import { allResults, isFinished, pansFrom, runUntil, spentToday, startRun } from "../support/runCaller";
import { startTestService, type TestService } from "../support/service";

let eko: StandInEko;
let service: TestService;

beforeAll(async () => {
  eko = await openStandInEko();
  service = await startTestService(eko.env);
}, 60_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await eko[Symbol.asyncDispose]();
});

let nextPan = 0;
/** People whom no other test asks about. */
function newPans(count: number): string[] {
  nextPan += count;
  return pansFrom(nextPan - count, count);
}

describe("a run over a list", () => {
  it("answers every line, in the order given", async () => {
    const tenant = randomUUID();
    const caller = { tenant };
    const pans = newPans(30);
    const { run, replayed } = await startRun(service, { pans, reference: "Book of August" }, caller);
    expect([run!.state, run!.total, replayed]).toEqual(["RUNNING", 30, false]);
    const finished = await runUntil(service, run!.id, isFinished, caller);
    expect(finished).toMatchObject({ done: 30, found: 30, absent: 0, failed: 0, reference: "Book of August" });
    const results = await allResults(service, run!.id, { first: 7, caller });
    expect(results.map(({ position }) => position)).toEqual(pans.map((_, at) => at + 1));
    expect(results.map(({ taxpayer: { pan } }) => pan)).toEqual(
      pans.map((pan) => `${pan.slice(0, 5)}****${pan.at(-1)}`),
    );
    expect(new Set(results.map(({ compliance }) => compliance?.standing))).toEqual(new Set(["COMPLIANT"]));
    expect(await spentToday(service, caller)).toEqual({ calls: 30, rupees: finished.rupees });
  });
});
