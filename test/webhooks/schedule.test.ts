import { nextAttemptAtMs } from "../../src/webhooks/schedule";

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

function attemptsBy(random: () => number): number[] {
  const atMs = [0];
  for (;;) {
    const nextMs = nextAttemptAtMs(atMs.length, atMs.at(-1)!, random);
    if (nextMs === undefined) return atMs;
    atMs.push(nextMs);
  }
}

describe.each([
  ["the least", () => 0],
  ["the most", () => 0.999],
])("attempts with %s jitter", (_, random) => {
  const attempts = attemptsBy(random);

  it("are twelve", () => {
    expect(attempts).toHaveLength(12);
  });

  it("begin again within a minute", () => {
    expect(attempts[1]).toBeLessThan(minuteMs);
  });

  it("end within the day, and not before its half", () => {
    expect(attempts.at(-1)).toBeLessThan(dayMs);
    expect(attempts.at(-1)).toBeGreaterThan(dayMs / 2);
  });
});
