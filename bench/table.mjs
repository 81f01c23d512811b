// One table: the medians of all rounds, and how far each server is from ours.
import { handWritten } from "./contenders.mjs";
import { median } from "./machine.mjs";

export function printTable(title, servers) {
  const rows = servers.map(({ name, results }) => ({ name, ...mediansOf(results) }));
  const yardstick = rows.find(({ name }) => name === handWritten);
  console.log(`\n### ${title}\n`);
  console.log("| server | requests/s | of hand-written | processor µs each | of hand-written | p50 ms | p99 ms |");
  console.log("|---|---:|---:|---:|---:|---:|---:|");
  for (const { name, perSecond, processorMsEach, p50Ms, p99Ms } of rows) {
    const cells = [
      name,
      Math.round(perSecond),
      (perSecond / yardstick.perSecond).toFixed(2),
      Math.round(processorMsEach * 1_000),
      (yardstick.processorMsEach / processorMsEach).toFixed(2),
      p50Ms,
      p99Ms,
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

function mediansOf(results) {
  const of = (measure) => median(results.map((result) => result[measure]));
  return {
    perSecond: of("perSecond"),
    processorMsEach: of("processorMsEach"),
    p50Ms: of("p50Ms"),
    p99Ms: of("p99Ms"),
  };
}
