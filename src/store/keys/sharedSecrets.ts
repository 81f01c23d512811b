import { createSecretKey } from "node:crypto";
import { Secret } from "../../kernel";
import type { SecretStore, SharedValue } from "../../upstream/ports";
import type { Database, Queries } from "../database";
import type { MasterKeys } from "./masterKeys";
import { placeOf } from "./seal";

const makingLock = 4_711_004;

interface SharedSecrets extends SecretStore {
  deleteExpired(nowMs: number): Promise<void>;
}

interface Row {
  readonly sealed: Buffer;
  readonly masterKeyId: string;
  readonly expiresAt: Date;
}

/** Secrets sealed under the master key, such as vendors' tokens. One that does not open counts as expired. */
export function createSharedSecrets(database: Database, masterKeys: MasterKeys): SharedSecrets {
  async function read(queries: Queries, name: string): Promise<(SharedValue & { sealed: Buffer }) | undefined> {
    const { rows } = await queries.run<Row>(
      `select sealed, master_key_id as "masterKeyId", expires_at as "expiresAt"
       from aaygraph.shared_secrets where name = $1`,
      [name],
    );
    const [row] = rows;
    const opened = row && masterKeys.unseal(row, placeOf.sharedSecret(name));
    if (row === undefined || opened === undefined) return undefined;
    const secret = new Secret(opened.export().toString());
    return { secret, expiresAtMs: row.expiresAt.getTime(), sealed: row.sealed };
  }

  async function write(queries: Queries, name: string, { secret, expiresAtMs }: SharedValue): Promise<void> {
    const key = createSecretKey(Buffer.from(secret.reveal()));
    const { sealed, masterKeyId } = masterKeys.seal(key, placeOf.sharedSecret(name));
    await queries.run(
      `insert into aaygraph.shared_secrets (name, sealed, master_key_id, expires_at) values ($1, $2, $3, $4)
       on conflict (name) do update set
         sealed = excluded.sealed, master_key_id = excluded.master_key_id, expires_at = excluded.expires_at`,
      [name, sealed, masterKeyId, new Date(expiresAtMs)],
    );
  }

  return {
    async obtain(name, goodAtMs, make) {
      const kept = await read(database, name);
      if (kept && kept.expiresAtMs > goodAtMs) return kept;
      return database.transaction(
        async (queries) => {
          // The wait is for another process's call to the vendor, which has its own deadline.
          await queries.run("select pg_advisory_xact_lock($1, hashtext($2))", [makingLock, name]);
          const madeMeanwhile = await read(queries, name);
          if (madeMeanwhile && madeMeanwhile.expiresAtMs > goodAtMs) return madeMeanwhile;
          const made = await make();
          await write(queries, name, made);
          return made;
        },
        { isLong: true },
      );
    },
    async discard(name, refused) {
      const kept = await read(database, name);
      if (kept?.secret.reveal() !== refused.reveal()) return;
      await database.run("delete from aaygraph.shared_secrets where name = $1 and sealed = $2", [name, kept.sealed]);
    },
    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.shared_secrets where expires_at <= $1", [new Date(nowMs)]);
    },
  };
}
