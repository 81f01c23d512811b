import { existsSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** The processor time of this thread, where the system tells it; so a busy machine does not count. */
const schedule = `/proc/self/task/${process.pid}/schedstat`;
const nowMs = existsSync(schedule)
  ? () => Number(readFileSync(schedule, "utf8").split(" ")[0]) / 1e6
  : () => performance.now();

/** How long the longest turn of the event loop was while this work was done, in milliseconds. */
export async function longestTurnDuring(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  const under = { isOver: false };
  let lastMs = nowMs();
  const look = () => {
    const now = nowMs();
    longestMs = Math.max(longestMs, now - lastMs);
    lastMs = now;
  };
  const turns = (async () => {
    while (!under.isOver) {
      await new Promise(setImmediate);
      look();
    }
  })();
  try {
    await work();
  } finally {
    under.isOver = true;
  }
  await turns;
  return longestMs;
}
