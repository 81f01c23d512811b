import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Secret } from "../kernel/secret";
import { embeddedProgram, programFailure } from "./embeddedBinaries";
import { localSecret, makePrivateFolder, syncFolder } from "./keys/localSecret";
import { StoreUnavailable } from "./storeUnavailable";

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
      const password = localSecret(root, passwordFile).reveal().toString("base64");
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
  localSecret(folder.dataDir, passwordFile);
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
