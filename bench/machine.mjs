import { spawnSync } from "node:child_process";

/** The command, kept to one processor where the machine can do that: server and load must not share one. */
export function pinned(processor, command) {
  const canPin = spawnSync("taskset", ["-c", String(processor), "true"]).status === 0;
  return canPin ? ["taskset", "-c", String(processor), ...command] : command;
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
