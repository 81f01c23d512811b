import { type Pan, taxpayerIdOf } from "../../domain";
import type { Clock } from "../../kernel";
import type { StoredTaxpayer, TaxpayerStore } from "../../reading/ports";
import type { Database, PreparedSql } from "../database";
import type { Keyring } from "../keys";
import { createKeep } from "./writer";
import { createCachedReader } from "./reader";
import type { OnUnreadable } from "./rows";
import { insertSubjects } from "./subjects";
import { deleteSomeExpired, deleteSomeUnattached } from "./taxpayerSql";

interface Taxpayers extends TaxpayerStore {
  /** Returns how many answers are gone. */
  deleteExpired(nowMs: number): Promise<number>;
  /** The taxpayer has changed: the cache asks the database before it answers. */
  invalidate(tenant: string, taxpayerId: string): void;
}

/** People who were only asked about are forgotten after a day. */
const unattachedForMs = 24 * 3_600_000;
/** The statement looks at every subject. */
const unattachedEveryMs = 3_600_000;

export function createTaxpayers(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  onUnreadable: OnUnreadable,
): Taxpayers {
  const held = createCachedReader(database, keyring, clock, onUnreadable);
  let unattachedDueAtMs = -Infinity;

  async function deleteAll(some: PreparedSql, beforeMs: number): Promise<number> {
    for (let deleted = 0; ;) {
      const { count } = await database.run(some, [new Date(beforeMs)]);
      if (count === 0) return deleted;
      deleted += count;
    }
  }

  /** Leaves out those that another process inserts at the same time. */
  async function meet(tenant: string, pans: readonly Pan[]): Promise<ReadonlyMap<Pan, StoredTaxpayer>> {
    const subjects = await insertSubjects(database, keyring, { tenant, pans, nowMs: clock.now() });
    return new Map(
      subjects.map(({ id, pan }) => [pan, { id: taxpayerIdOf(id), pan, erased: false, answers: [], consents: [] }]),
    );
  }

  return {
    async byPan(tenant, pans) {
      const keptByPan = new Map<Pan, StoredTaxpayer>();
      // The second round is for a subject that is re-keyed between the insert of another process and our read.
      for (const find of [held.byPan, meet, held.byPan, meet, held.byPan]) {
        const missing = [...new Set(pans)].filter((pan) => !keptByPan.has(pan));
        if (missing.length === 0) break;
        const found = await find(tenant, missing);
        for (const pan of missing) {
          const taxpayer = found.get(pan);
          if (taxpayer) keptByPan.set(pan, taxpayer);
        }
      }
      return keptByPan;
    },

    async byId(tenant, ids) {
      const heldById = await held.byId(tenant, ids);
      return new Map(
        [...new Set(ids)].flatMap((id) => {
          const taxpayer = heldById.get(id);
          return taxpayer ? [[id, taxpayer]] : [];
        }),
      );
    },

    keep: createKeep(database, keyring),
    invalidate: held.invalidate,

    async deleteExpired(nowMs) {
      const deleted = await deleteAll(deleteSomeExpired, nowMs);
      if (nowMs >= unattachedDueAtMs) {
        await deleteAll(deleteSomeUnattached, nowMs - unattachedForMs);
        unattachedDueAtMs = nowMs + unattachedEveryMs;
      }
      return deleted;
    },
  };
}
