import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const requireTypeScript = join(__dirname, "../support/requireTypeScript.cjs");

export interface ServiceProcess extends AsyncDisposable {
  /** Reads its output until it has printed this many lines, or has ended. */
  printed(lines: number): Promise<void>;
  /** Every line so far. */
  readonly lines: readonly string[];
  kill(): Promise<void>;
}

export function startService(dataDir: string, ...args: string[]): ServiceProcess {
  return startScript("writingService.ts", dataDir, ...args);
}

/** A script of this folder, in a process of its own. */
export function startScript(script: string, ...args: string[]): ServiceProcess {
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", "--require", requireTypeScript, join(__dirname, script), ...args],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(child, "close");
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on("line", (line) => lines.push(line));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return {
    lines,
    async printed(count) {
      while (lines.length < count && isAlive(child)) await Promise.race([once(reader, "line"), ended]);
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

/** Kills a server and all its processes without a shutdown, as a power cut does. */
export function killTree(pid: number): void {
  const parentByPid = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    parentByPid.set(Number(name), parentOf(name));
  }
  const family = [pid, ...[...parentByPid].filter(([, parent]) => parent === pid).map(([child]) => child)];
  for (const member of family) process.kill(member, "SIGKILL");
}

function parentOf(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
  } catch {
    return 0;
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
