import { setTimeout as wait } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import type { Secret } from "../kernel/secret";
import { StoreUnavailable } from "./storeUnavailable";

/** The advisory lock that a service holds on its embedded server for as long as it lives. */
const ownerLock = 4_711_001;
const pollMs = 20;

export interface Claim {
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
