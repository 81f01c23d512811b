import { type Pan, taxpayerIdOf } from "../../domain";
import type { Clock } from "../../kernel";
import type { StoredTaxpayer, TaxpayerStore } from "../../reading/ports";
import type { Database } from "../database";
import type { Keyring } from "../keys";
import { createKeep } from "./writer";
import { createHeldReader } from "./reader";
import type { OnUnreadable } from "./rows";
import { insertSubjects } from "./subjects";
import { deleteSomeExpired } from "./taxpayerSql";

interface Taxpayers extends TaxpayerStore {
  /** Returns how many answers are gone. */
  deleteExpired(nowMs: number): Promise<number>;
  /** Something of this taxpayer has changed: what is remembered of it is not believed without asking. */
  doubt(tenant: string, taxpayerId: string): void;
}

export function createTaxpayers(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  onUnreadable: OnUnreadable,
): Taxpayers {
  const held = createHeldReader(database, keyring, clock, onUnreadable);

  /** Those that another process has met a moment earlier are not among the returned. */
  async function meet(tenant: string, pans: readonly Pan[]): Promise<ReadonlyMap<Pan, StoredTaxpayer>> {
    const subjects = await insertSubjects(database, keyring, { tenant, pans, nowMs: clock.now() });
    return new Map(
      subjects.map(({ id, pan }) => [pan, { id: taxpayerIdOf(id), pan, erased: false, answers: [], consents: [] }]),
    );
  }

  return {
    async byPan(tenant, pans) {
      const keptByPan = new Map<Pan, StoredTaxpayer>();
      // The second time round is for those who were re-keyed between being met elsewhere and being read here.
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
    doubt: held.doubt,

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
