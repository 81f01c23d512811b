import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Secret } from "../../kernel";
import { StoreUnavailable } from "../storeUnavailable";
import { programFailure } from "./binaries";
import { embeddedFolder, type EmbeddedFolder } from "./dataFolder";
import { launch } from "./launch";
import { claimWhenReady, findPostmaster, removeStaleLock, stopPostmaster } from "./postmaster";

const startLimitMs = 60_000;
type Launched = Awaited<ReturnType<typeof launch>>;

/** What PostgreSQL logs when its port, its folder or the memory of a killed server is not free yet. */
const transientFailure = /already in use|still in use|already exists/;

interface EmbeddedSettings {
  readonly dataDir: string;
  /** The server has died, and could not be started again. */
  readonly onLost?: ((reason: Error) => void) | undefined;
}

interface OwnedServer extends EmbeddedServer {
  readonly port: number;
  readonly ended: Promise<void>;
}

/** A running PostgreSQL that this process owns. A server that dies is started again. */
export interface EmbeddedServer {
  readonly url: Secret;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of our own on this folder. An advisory lock in the server says which service owns it. A server
 * without an owner is an orphan of a killed service: it is replaced. Of services that start at once, exactly one stays.
 */
export async function startEmbedded({ dataDir, onLost = ignore }: EmbeddedSettings): Promise<EmbeddedServer> {
  const folder = embeddedFolder(dataDir);
  await folder.prepare();
  let server = await start(folder);
  const { url, port } = server;
  let hasStopped = false;
  const isStopping = () => hasStopped;

  /** It comes back at the same address, and recovers what was committed. */
  async function startAgain(): Promise<void> {
    for (;;) {
      await server.ended;
      if (isStopping()) return;
      try {
        server = await start(folder, port);
        if (isStopping()) {
          await server.stop();
          return;
        }
      } catch (error) {
        if (!isStopping()) onLost(error instanceof Error ? error : new Error(String(error)));
        return;
      }
    }
  }

  const supervision = startAgain();
  return {
    url,
    async stop() {
      hasStopped = true;
      await server.stop();
      // A server that is being started again is stopped once it is up.
      await supervision;
    },
  };
}

async function start(folder: EmbeddedFolder, samePort?: number): Promise<OwnedServer> {
  const giveUpAtMs = Date.now() + startLimitMs;
  while (Date.now() < giveUpAtMs) {
    await stopOrphan(folder, giveUpAtMs);
    await removeStaleLock(folder.cluster);
    const launched = await launch(folder, samePort);
    const server = await own(launched, folder, giveUpAtMs);
    if (server) return server;
    await wait(100);
  }
  throw programFailure("postgres", await readLog(folder));
}

/** The address of the server that a service runs on this folder, for commands that work beside the service. */
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
    await claim.release();
    throw ownedByAnother(folder);
  }
  if (!claim && (await isAlive())) {
    throw new StoreUnavailable(
      `A PostgreSQL server (process ${postmaster.pid}) runs on ${folder.cluster} and does not answer. Stop it first.`,
    );
  }
  // Keep the claim until the server is gone: no other service then takes it for an orphan meanwhile.
  await stopPostmaster(postmaster.pid, folder.cluster);
  await claim?.release().catch(() => undefined);
}

/** The server once this process owns it; undefined when it died of a transient failure. */
async function own(launched: Launched, folder: EmbeddedFolder, giveUpAtMs: number): Promise<OwnedServer | undefined> {
  let server: OwnedServer | undefined;
  let wasKilled = false;
  try {
    const claim = await claimWhenReady(launched.url, launched.isAlive, giveUpAtMs);
    if (claim?.granted) {
      claim.keepWhile(launched.isAlive);
      server = owned(launched, folder, claim);
      return server;
    }
    await claim?.release();
    if (claim || launched.wasAskedToStop()) throw ownedByAnother(folder);
  } finally {
    wasKilled = launched.wasKilled();
    if (!server) await endServer(launched, folder);
  }
  const log = await readLog(folder);
  if (wasKilled || (await findPostmaster(folder.cluster)) || transientFailure.test(log)) return undefined;
  throw programFailure("postgres", log);
}

async function endServer(launched: Launched, folder: EmbeddedFolder): Promise<void> {
  await stopPostmaster(launched.pid, folder.cluster);
  launched.letGo();
}

function owned(launched: Launched, folder: EmbeddedFolder, claim: { release(): Promise<void> }): OwnedServer {
  const { url, port, ended } = launched;
  return {
    url,
    port,
    ended,
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

function ignore(): void {
  return undefined;
}
