// One table: medians of all rounds. Ratios are paired: each round compares servers that ran within the same seconds.
import { careful } from "./contenders.mjs";
import { median } from "./machine.mjs";

export function printTable(title, servers) {
  const yardstick = servers.find(({ name }) => name === careful).results;
  console.log(`\n### ${title}\n`);
  console.log(
    "| server | requests/s | × careful mercurius | least to most | processor µs each | × careful's | p50 ms | p99 ms |",
  );
  console.log("|---|---:|---:|---:|---:|---:|---:|---:|");
  for (const { name, results } of servers) {
    const of = (measure) => median(results.map((result) => result[measure]));
    const ratios = (measure) => results.map((result, round) => result[measure] / yardstick[round][measure]);
    const speeds = ratios("perSecond");
    const cells = [
      name,
      Math.round(of("perSecond")),
      median(speeds).toFixed(2),
      `${Math.min(...speeds).toFixed(2)} to ${Math.max(...speeds).toFixed(2)}`,
      Math.round(of("processorMsEach") * 1_000),
      median(ratios("processorMsEach")).toFixed(2),
      of("p50Ms"),
      of("p99Ms"),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
