import fc from "fast-check";
import { bucketOf, quantileOf } from "../../src/kernel/histogram";

function counted(durations: readonly number[]): Map<number, number> {
  const countByBucket = new Map<number, number>();
  for (const duration of durations) {
    countByBucket.set(bucketOf(duration), (countByBucket.get(bucketOf(duration)) ?? 0) + 1);
  }
  return countByBucket;
}

const durations = fc.array(fc.double({ min: 1, max: 3_600_000, noNaN: true }), { minLength: 1, maxLength: 60 });
const shares = fc.constantFrom(0.5, 0.95);

it("is within a twentieth of the duration that sorting finds", () => {
  fc.assert(
    fc.property(durations, shares, (list, share) => {
      const exact = [...list].sort((a, b) => a - b)[Math.ceil(list.length * share) - 1]!;
      const found = quantileOf(counted(list), share)!;
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.05);
    }),
  );
});

it("finds the same in counts that were added up as in all durations", () => {
  fc.assert(
    fc.property(durations, durations, shares, (one, other, share) => {
      const sum = counted(one);
      for (const [bucket, count] of counted(other)) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
      expect(quantileOf(sum, share)).toBe(quantileOf(counted([...one, ...other]), share));
    }),
  );
});

it("knows no duration where none is counted", () => {
  expect(quantileOf(new Map(), 0.5)).toBeUndefined();
});
