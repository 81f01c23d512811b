import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { readdir, rename, rm, stat, readFile } from "node:fs/promises";
import { join, resolve, basename } from "node:path";
import { promisify } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { Secret } from "../../kernel";
import { localSecrets, makePrivateFolder, syncFolder } from "../keys";
import { StoreUnavailable } from "../storeUnavailable";
import { embeddedProgram, programFailure } from "./binaries";

/** The major version of the binaries that this release ships. */
const major = "18";
const passwordFile = "postgres.password";
const draftPrefix = "postgres.new-";
/** Far longer than initdb takes, so that a draft of this age belongs to nobody. */
const abandonedAfterMs = 10 * 60_000;
const runFile = promisify(execFile);

export interface EmbeddedFolder {
  readonly dataDir: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly logFile: string;
  urlAt(port: number): Secret;
}

export function embeddedFolder(dataDir: string): EmbeddedFolder {
  const root = resolve(dataDir);
  return {
    dataDir: root,
    cluster: join(root, "postgres"),
    logFile: join(root, "postgres.log"),
    urlAt(port) {
      const password = localSecrets(root).read(passwordFile).reveal().toString("base64");
      return new Secret(`postgres://aaygraph:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`);
    },
  };
}

/** Makes the folder and, in an empty one, a new cluster; checks one that is there already. */
export async function prepareFolder(folder: EmbeddedFolder): Promise<void> {
  makePrivateFolder(folder.dataDir);
  await sweepDrafts(folder);
  if (clusterVersion(folder) === undefined) await createCluster(folder);
  const version = clusterVersion(folder);
  if (version === undefined) {
    throw new StoreUnavailable(
      `The folder ${folder.cluster} is in the way: it is not PostgreSQL's. Move it elsewhere.`,
    );
  }
  if (version !== major) {
    throw new StoreUnavailable(
      `The folder ${folder.cluster} belongs to PostgreSQL ${version}, and this release brings PostgreSQL ${major}. ` +
        `Start the release that made it, or set DATABASE_URL, or choose another AAY_DATA_DIR.`,
    );
  }
}

/** initdb works on a draft beside the place, so that being killed half-way leaves nothing that looks whole. */
async function createCluster(folder: EmbeddedFolder): Promise<void> {
  localSecrets(folder.dataDir).read(passwordFile);
  const draft = join(folder.dataDir, draftPrefix + randomBytes(6).toString("hex"));
  const { command, args } = embeddedProgram("initdb", [
    ...["--pgdata", draft, "--username=aaygraph", "--pwfile", join(folder.dataDir, passwordFile)],
    ...["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"],
  ]);
  try {
    await runFile(command, args, { cwd: folder.dataDir, env: { PATH: process.env.PATH } });
    await rename(draft, folder.cluster);
    syncFolder(folder.dataDir);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another starter may have put its own cluster there first, and that one is as good.
    if (clusterVersion(folder) === undefined && !existsSync(folder.cluster)) {
      const { message, stderr } = error as Error & { stderr?: string };
      throw programFailure("initdb", `${message}\n${stderr ?? ""}`);
    }
  }
}

async function sweepDrafts({ dataDir }: EmbeddedFolder): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(draftPrefix)) continue;
    const draft = join(dataDir, name);
    const found = await stat(draft).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(draft, { recursive: true, force: true });
  }
}

function clusterVersion({ cluster }: EmbeddedFolder): string | undefined {
  try {
    return readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  } catch {
    return undefined;
  }
}

/** The advisory lock that a service holds on its embedded server for as long as it lives. */
const ownerLock = 4_711_001;
const pollMs = 20;

interface Claim {
  readonly connection: Client;
  /** False when another service owns the server. */
  readonly granted: boolean;
}

/** Claims a server as soon as it answers; undefined when it is gone, or silent for longer than the patience. */
export async function claimWhenReady(
  url: Secret,
  isAlive: () => boolean | Promise<boolean>,
  giveUpAtMs: number,
): Promise<Claim | undefined> {
  while (Date.now() < giveUpAtMs && (await isAlive())) {
    const claim = await tryToClaim(url);
    if (claim) return claim;
    await wait(pollMs);
  }
  return undefined;
}

/** Holds the claim until released, and claims anew when PostgreSQL drops its connections to recover from a crash. */
export function keepClaim(first: Client, url: Secret, isAlive: () => boolean): { release(): Promise<void> } {
  let held: Client | undefined;
  let isReleased = false;
  const hold = (connection: Client) => {
    held = connection;
    connection.once("end", () => {
      held = undefined;
      if (!isReleased) void claimAgain();
    });
  };
  const claimAgain = async () => {
    const claim = await claimWhenReady(url, () => isAlive() && !isReleased, Infinity).catch(() => undefined);
    if (claim?.granted && !isReleased) hold(claim.connection);
    else await claim?.connection.end();
  };
  hold(first);
  return {
    async release() {
      isReleased = true;
      await held?.end();
    },
  };
}

async function tryToClaim(url: Secret): Promise<Claim | undefined> {
  const connection = new Client({
    connectionString: url.reveal(),
    application_name: "aaygraph owner",
    connectionTimeoutMillis: 5_000,
  });
  // A server that stops cuts its connections; what follows from that is decided by whoever reads the claim.
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

/** The PostgreSQL server that runs on a folder, as its own postmaster.pid names it. */
interface Postmaster {
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
