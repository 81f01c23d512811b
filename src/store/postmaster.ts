import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { StoreUnavailable } from "./storeUnavailable";

const runFile = promisify(execFile);

/** The PostgreSQL server that runs on a folder, as its own postmaster.pid names it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that is alive on this folder. A postmaster.pid that names nobody, or a stranger, does not count. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = readLockFile(cluster)?.split("\n") ?? [];
  const postmaster = { pid: Number(lines[0]), port: Number(lines[3]) };
  if (!(postmaster.pid > 0 && postmaster.port > 0)) return undefined;
  return (await serves(postmaster.pid, cluster)) ? postmaster : undefined;
}

/**
 * PostgreSQL overwrites the lock file of a dead process itself, but takes a stranger who has been given that process's
 * number for the server and refuses to start.
 */
export async function removeStrangersLock(cluster: string): Promise<void> {
  const found = readLockFile(cluster);
  if (found === undefined || (await serves(Number(found.split("\n")[0]), cluster))) return;
  // Read again at the last moment: another starter's server may have written its own by now.
  if (readLockFile(cluster) === found) rmSync(lockFile(cluster), { force: true });
}

/** Asks for a fast shutdown, then for an immediate one, then insists. Committed writes survive each of them. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  const patienceMs = { SIGINT: 10_000, SIGQUIT: 5_000, SIGKILL: 5_000 };
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!(await serves(pid, cluster))) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < patienceMs[signal]; waitedMs += 20) {
      await wait(20);
      if (!(await serves(pid, cluster))) return;
    }
  }
  throw new StoreUnavailable(`The PostgreSQL server on ${cluster} (process ${pid}) does not stop.`);
}

/** A process number alone proves nothing, as numbers are used again: the process must be PostgreSQL, and work there. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  try {
    if (process.platform !== "linux") {
      const { stdout } = await runFile("ps", ["-p", String(pid), "-o", "command="]);
      return stdout.includes(`postgres -D ${cluster} `);
    }
    const [program = ""] = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
    if (basename(program) !== "postgres") return false;
    const [at, wanted] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(cluster)]);
    return at.dev === wanted.dev && at.ino === wanted.ino;
  } catch {
    return false;
  }
}

function lockFile(cluster: string): string {
  return join(cluster, "postmaster.pid");
}

function readLockFile(cluster: string): string | undefined {
  try {
    return readFileSync(lockFile(cluster), "utf8");
  } catch {
    return undefined;
  }
}
