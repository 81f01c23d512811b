import { type Pan, taxpayerIdOf } from "../../domain";
import type { Clock } from "../../kernel";
import type { StoredTaxpayer, TaxpayerStore } from "../../reading/ports";
import type { Database } from "../database";
import type { Keyring } from "../keys";
import { createKeep } from "./writer";
import { createCachedReader } from "./reader";
import type { OnUnreadable } from "./rows";
import { insertSubjects } from "./subjects";
import { deleteSomeExpired } from "./taxpayerSql";

interface Taxpayers extends TaxpayerStore {
  /** Returns how many answers are gone. */
  deleteExpired(nowMs: number): Promise<number>;
  /** The taxpayer has changed: the cache asks the database before it answers. */
  invalidate(tenant: string, taxpayerId: string): void;
}

export function createTaxpayers(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  onUnreadable: OnUnreadable,
): Taxpayers {
  const held = createCachedReader(database, keyring, clock, onUnreadable);

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
      let deleted = 0;
      for (;;) {
        const { count } = await database.run(deleteSomeExpired, [new Date(nowMs)]);
        if (count === 0) return deleted;
        deleted += count;
      }
    },
  };
}
