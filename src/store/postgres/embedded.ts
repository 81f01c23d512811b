import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Secret } from "../../kernel";
import { StoreUnavailable } from "../storeUnavailable";
import { programFailure } from "./binaries";
import {
  embeddedFolder,
  type EmbeddedFolder,
  prepareFolder,
  claimWhenReady,
  keepClaim,
  findPostmaster,
  removeStrangersLock,
  stopPostmaster,
} from "./dataFolder";
import { launch, type Launched } from "./launch";

const startLimitMs = 60_000;
/** What PostgreSQL says when its port, its folder or the memory of a server just killed is not free yet. */
const passingTrouble = /already in use|still in use|already exists/;

export interface EmbeddedServer {
  readonly url: Secret;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of our own on this folder. Who owns the server is decided by an advisory lock in it: a server whose lock
 * is free was left behind by a service that was killed, and is replaced. Of several services that start at once, each
 * that loses its server to another one gives up, so that exactly one remains.
 */
export async function startEmbedded({ dataDir }: { dataDir: string }): Promise<EmbeddedServer> {
  const folder = embeddedFolder(dataDir);
  const giveUpAtMs = Date.now() + startLimitMs;
  await prepareFolder(folder);
  while (Date.now() < giveUpAtMs) {
    await stopOrphan(folder, giveUpAtMs);
    await removeStrangersLock(folder.cluster);
    const launched = await launch(folder);
    const server = await own(launched, folder, giveUpAtMs);
    if (server) return server;
    await wait(100);
  }
  throw programFailure("postgres", await readLog(folder));
}

/** The server that a service runs on this folder, for commands that work beside it. */
export async function attachEmbedded({ dataDir }: { dataDir: string }): Promise<Secret | undefined> {
  const folder = embeddedFolder(dataDir);
  const postmaster = await findPostmaster(folder.cluster);
  return postmaster && folder.urlAt(postmaster.port);
}

async function stopOrphan(folder: EmbeddedFolder, giveUpAtMs: number): Promise<void> {
  const postmaster = await findPostmaster(folder.cluster);
  if (!postmaster) return;
  const isAlive = async () => (await findPostmaster(folder.cluster))?.pid === postmaster.pid;
  const claim = await claimWhenReady(folder.urlAt(postmaster.port), isAlive, giveUpAtMs);
  if (claim?.granted === false) {
    await claim.connection.end();
    throw ownedByAnother(folder);
  }
  if (!claim && (await isAlive())) {
    throw new StoreUnavailable(
      `A PostgreSQL server (process ${postmaster.pid}) runs on ${folder.cluster} and does not answer. Stop it first.`,
    );
  }
  // The claim stays with us until the server has gone, so that nobody else takes it for an orphan meanwhile.
  await stopPostmaster(postmaster.pid, folder.cluster);
  await claim?.connection.end().catch(() => undefined);
}

/** The server once it is ours; undefined when it died of something that may pass. */
async function own(
  launched: Launched,
  folder: EmbeddedFolder,
  giveUpAtMs: number,
): Promise<EmbeddedServer | undefined> {
  let server: EmbeddedServer | undefined;
  try {
    const claim = await claimWhenReady(launched.url, launched.isAlive, giveUpAtMs);
    if (claim?.granted) {
      server = owned(launched, folder, keepClaim(claim.connection, launched.url, launched.isAlive));
      return server;
    }
    await claim?.connection.end();
    if (claim || launched.wasAskedToStop()) throw ownedByAnother(folder);
  } finally {
    if (!server) await endServer(launched, folder);
  }
  const log = await readLog(folder);
  if ((await findPostmaster(folder.cluster)) || passingTrouble.test(log)) return undefined;
  throw programFailure("postgres", log);
}

async function endServer(launched: Launched, folder: EmbeddedFolder): Promise<void> {
  await stopPostmaster(launched.pid, folder.cluster);
  launched.letGo();
}

function owned(launched: Launched, folder: EmbeddedFolder, claim: { release(): Promise<void> }): EmbeddedServer {
  return {
    url: launched.url,
    async stop() {
      await claim.release();
      await endServer(launched, folder);
    },
  };
}

function ownedByAnother({ dataDir }: EmbeddedFolder): StoreUnavailable {
  return new StoreUnavailable(
    `Another service is already running on the folder ${dataDir}. ` +
      "Stop it, choose another AAY_DATA_DIR, or set DATABASE_URL to share one PostgreSQL among several.",
  );
}

function readLog({ logFile }: EmbeddedFolder): Promise<string> {
  return readFile(logFile, "utf8").catch(() => "");
}
