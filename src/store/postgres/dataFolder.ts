import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Secret } from "../../kernel";
import { localSecrets, makePrivateFolder, syncFolder } from "../keys";
import { StoreUnavailable } from "../storeUnavailable";
import { embeddedProgram, programFailure } from "./binaries";

/** The major version of the binaries that this release ships. */
const major = "18";
const passwordFile = "postgres.password";
const draftPrefix = "postgres.new-";
/** Far longer than initdb takes: no process still works on a draft of this age. */
const abandonedAfterMs = 10 * 60_000;
const runFile = promisify(execFile);

/** The folder of the embedded server: its cluster, password and log. */
export interface EmbeddedFolder {
  readonly dataDir: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly logFile: string;
  urlAt(port: number): Secret;
  /** Makes the folder and its cluster where they are missing, and checks the cluster's version. */
  prepare(): Promise<void>;
}

export function embeddedFolder(dataDir: string): EmbeddedFolder {
  const root = resolve(dataDir);
  const folder: EmbeddedFolder = {
    dataDir: root,
    cluster: join(root, "postgres"),
    logFile: join(root, "postgres.log"),
    urlAt(port) {
      const password = localSecrets(root).read(passwordFile).reveal().toString("base64");
      return new Secret(`postgres://aaygraph:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`);
    },
    prepare: () => prepareFolder(folder),
  };
  return folder;
}

async function prepareFolder(folder: EmbeddedFolder): Promise<void> {
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

/** initdb works on a draft, which is then renamed: a process killed half-way leaves no cluster that looks whole. */
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
    // Another process that starts at the same time may have made the cluster first. That one is as good.
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
