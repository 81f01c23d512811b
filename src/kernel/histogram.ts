/** Durations are counted in buckets, each an eighth root of two wider than the one before, so that several processes' counts add up. */
const bucketsPerDoubling = 8;
/** Longer than an hour: the last bucket takes all that is beyond. */
const lastBucket = 22 * bucketsPerDoubling;

/** The bucket of a duration: it holds what is longer than the bucket before it, and no longer than its own end. */
export function bucketOf(durationMs: number): number {
  if (durationMs <= 1) return 0;
  return Math.min(lastBucket, Math.ceil(bucketsPerDoubling * Math.log2(durationMs)));
}

/** The duration that this share of the counted ones does not exceed, to within a twentieth. Undefined where none is counted. */
export function quantileOf(countByBucket: ReadonlyMap<number, number>, share: number): number | undefined {
  const buckets = [...countByBucket].sort(([left], [right]) => left - right);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  let left = Math.max(1, Math.ceil(total * share));
  for (const [bucket, count] of buckets) {
    left -= count;
    if (left <= 0) return middleOf(bucket);
  }
  return undefined;
}

function middleOf(bucket: number): number {
  return bucket === 0 ? 1 : Number((2 ** ((bucket - 0.5) / bucketsPerDoubling)).toPrecision(3));
}
