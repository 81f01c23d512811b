// What the measurements need of the machine: processors of one's own, processes, and their use of both.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Servers under measurement, one at a time; and everything that they are measured with. */
export const serverCore = 0;
export const otherCore = 1;
const ticksPerSecond = 100;

/** When a measurement fails, no server of it goes on. */
const started = new Set();
process.once("exit", () => {
  for (const child of started) child.kill("SIGTERM");
});

/** The command, kept to one processor where the machine can do that: server and load must not share one. */
export function pinned(core, command) {
  const canPin = spawnSync("taskset", ["-c", String(core), "true"]).status === 0;
  return canPin ? ["taskset", "-c", String(core), ...command] : command;
}

/** Starts a script and waits for the line in which it tells what we wait for. */
export async function startScript(core, args, { env = {}, until = /listening (\S+)/ } = {}) {
  const [command, ...rest] = pinned(core, [process.execPath, ...args]);
  const child = spawn(command, rest, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  started.add(child);
  child.once("exit", () => started.delete(child));
  let output = "";
  while (!until.test(output)) {
    const chunk = await new Promise((resolve, reject) => {
      child.stdout.once("data", resolve);
      child.once("exit", () => reject(new Error(`${args[0]} ended before it was ready:\n${output}`)));
    });
    output += chunk;
  }
  // Log lines are written and read, as they would be; nobody keeps them.
  child.stdout.on("data", () => undefined);
  return { child, output, told: until.exec(output)[1] };
}

export async function stop({ child }) {
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** What a process has used of its processor so far; NaN where the machine does not tell. */
export function processorSeconds({ child }) {
  try {
    const [, after] = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ");
    const [userTicks, systemTicks] = after.split(" ").slice(11, 13).map(Number);
    return (userTicks + systemTicks) / ticksPerSecond;
  } catch {
    return NaN;
  }
}

export function residentMb({ child }) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1_024);
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
