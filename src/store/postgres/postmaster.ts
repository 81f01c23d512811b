import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { Client, DatabaseError } from "pg";
import type { Secret } from "../../kernel";
import { StoreUnavailable } from "../storeUnavailable";

const runFile = promisify(execFile);
const pollMs = 20;

/** The PostgreSQL server that runs on a folder, as its own postmaster.pid names it. */
interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The live server on this folder. A postmaster.pid that names a dead process, or another program, does not count. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = readLockFile(cluster)?.split("\n") ?? [];
  const postmaster = { pid: Number(lines[0]), port: Number(lines[3]) };
  if (!(postmaster.pid > 0 && postmaster.port > 0)) return undefined;
  return (await serves(postmaster.pid, cluster)) ? postmaster : undefined;
}

/**
 * PostgreSQL itself overwrites the lock file of a dead process. But when another program has that process's number by
 * now, PostgreSQL takes it for the server and refuses to start.
 */
export async function removeStaleLock(cluster: string): Promise<void> {
  const found = readLockFile(cluster);
  if (found === undefined || (await serves(Number(found.split("\n")[0]), cluster))) return;
  // Read again at the last moment: a server that another process starts may have written its own by now.
  if (readLockFile(cluster) === found) rmSync(lockFile(cluster), { force: true });
}

/** Asks for a fast shutdown, then an immediate one, then kills. Committed writes survive each of them. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  const limitMs = { SIGINT: 10_000, SIGQUIT: 5_000, SIGKILL: 5_000 };
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!(await serves(pid, cluster))) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < limitMs[signal]; waitedMs += pollMs) {
      await wait(pollMs);
      if (!(await serves(pid, cluster))) return;
    }
  }
  throw new StoreUnavailable(`The PostgreSQL server on ${cluster} (process ${pid}) does not stop.`);
}

/** Process numbers are reused: the process must be PostgreSQL and run in the folder. */
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

/** The advisory lock that a service holds on its embedded server while it lives. */
const ownerLock = 4_711_001;

interface Attempt {
  readonly connection: Client;
  readonly granted: boolean;
}

/** The hold of a service on its server. */
interface Claim {
  /** False when another service owns the server. */
  readonly granted: boolean;
  /** From now on claims again when PostgreSQL drops its connections to recover from a crash. */
  keepWhile(isAlive: () => boolean): void;
  release(): Promise<void>;
}

/** Claims a server as soon as it answers; undefined when it is gone, or does not answer in time. */
export async function claimWhenReady(
  url: Secret,
  isAlive: () => boolean | Promise<boolean>,
  giveUpAtMs: number,
): Promise<Claim | undefined> {
  const first = await attemptWhenReady(url, isAlive, giveUpAtMs);
  if (!first) return undefined;
  let held: Client | undefined = first.connection;
  let isReleased = false;

  function hold(connection: Client, isStillAlive: () => boolean): void {
    held = connection;
    connection.once("end", () => {
      held = undefined;
      if (!isReleased) void claimAgain(isStillAlive);
    });
  }

  async function claimAgain(isStillAlive: () => boolean): Promise<void> {
    const isWanted = () => isStillAlive() && !isReleased;
    const attempt = await attemptWhenReady(url, isWanted, Infinity).catch(() => undefined);
    if (attempt?.granted && !isReleased) hold(attempt.connection, isStillAlive);
    else await attempt?.connection.end();
  }

  return {
    granted: first.granted,
    keepWhile(isStillAlive) {
      hold(first.connection, isStillAlive);
    },
    async release() {
      isReleased = true;
      await held?.end();
    },
  };
}

async function attemptWhenReady(
  url: Secret,
  isAlive: () => boolean | Promise<boolean>,
  giveUpAtMs: number,
): Promise<Attempt | undefined> {
  while (Date.now() < giveUpAtMs && (await isAlive())) {
    const attempt = await tryToClaim(url);
    if (attempt) return attempt;
    await wait(pollMs);
  }
  return undefined;
}

async function tryToClaim(url: Secret): Promise<Attempt | undefined> {
  const connection = new Client({
    connectionString: url.reveal(),
    application_name: "aaygraph owner",
    connectionTimeoutMillis: 5_000,
  });
  // A server that stops cuts its connections. Without a listener, that error would end this process.
  connection.on("error", () => undefined);
  try {
    await connection.connect();
    const { rows } = await connection.query<{ granted: boolean }>("select pg_try_advisory_lock($1) as granted", [
      ownerLock,
    ]);
    return { connection, granted: rows[0]?.granted === true };
  } catch (error) {
    connection.end().catch(() => undefined);
    if (error instanceof DatabaseError && error.code === "28P01") {
      throw new StoreUnavailable(
        "The embedded PostgreSQL does not accept the password kept beside it (postgres.password in AAY_DATA_DIR). " +
          "Restore that file from a backup, or choose another AAY_DATA_DIR.",
      );
    }
    return undefined;
  }
}
