// How soon the service is ready with a store of its own, and what it then takes of the memory.
import { startOurs } from "./contenders.mjs";
import { median, residentMb, stop } from "./machine.mjs";

export async function measureStarts(dataDir, rounds) {
  const first = await timedStart(dataDir);
  await stop(first);
  const starts = [];
  for (let round = 0; round < rounds; round += 1) {
    const service = await timedStart(dataDir);
    starts.push(service.readyAfterMs);
    if (round === rounds - 1) console.log(`resident when idle: ${residentMb(service)} MB, PostgreSQL not counted`);
    await stop(service);
  }
  console.log(`start on an empty folder: ${first.readyAfterMs} ms`);
  console.log(`start on a folder that exists: ${median(starts)} ms`);
}

/** From the process's start to the moment it answers that it is ready. */
async function timedStart(dataDir) {
  const startedAt = performance.now();
  const service = await startOurs({ dataDir });
  const { status } = await fetch(new URL("/health/ready", service.url));
  if (status !== 200) throw new Error("the service is up and not ready");
  return { ...service, readyAfterMs: Math.round(performance.now() - startedAt) };
}
