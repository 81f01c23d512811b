const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The pauses between twelve attempts: within a day, the second attempt within a minute. */
const pausesMs = [
  ...[30 * second, 2 * minute, 5 * minute, 15 * minute, 30 * minute],
  ...[1, 2, 3, 4, 5, 6].map((hours) => hours * hour),
];

/** When to try again after this attempt, counted from 1; undefined after the last. Jitter keeps many from coming at once. */
export function nextAttemptAtMs(
  attempt: number,
  nowMs: number,
  random: () => number = Math.random,
): number | undefined {
  const pauseMs = pausesMs[attempt - 1];
  return pauseMs === undefined ? undefined : Math.round(nowMs + pauseMs * (0.75 + random() / 4));
}
