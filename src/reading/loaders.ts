import DataLoader from "dataloader";
import type { Pan } from "../domain";
import { Fault } from "../kernel";
import type { Asker, Wish } from "./question";
import type { GatheringOf, GatherWishes } from "./gather";
import type { KeptTaxpayer, TaxpayerStore } from "./ports";

export interface Loader<Name, Value> {
  load(name: Name): Promise<Value>;
  clearAll(): unknown;
}

/** What one request reads through: every question of a tick is gathered together, and asked once. */
export interface Loaders {
  readonly taxpayerByPan: Loader<Pan, KeptTaxpayer>;
  /** In the order asked. For each of many, a promise would cost more than its answer. */
  readonly taxpayersByPan: Pick<Loader<readonly Pan[], readonly KeptTaxpayer[]>, "load">;
  /** Null for an id that is unknown to this tenant. */
  readonly taxpayerById: Loader<string, KeptTaxpayer | "ERASED" | null>;
  /** Many wishes at a time, for the same reason. */
  readonly gathering: Pick<Loader<readonly Wish[], GatheringOf>, "load">;
}

export function createLoaders(store: TaxpayerStore, gatherWishes: GatherWishes, asker: Asker): Loaders {
  return {
    taxpayerByPan: new DataLoader(async (pans) => {
      const taxpayerByPan = await store.byPan(asker.tenant, pans);
      return pans.map((pan) => mustHave(taxpayerByPan, pan));
    }),
    taxpayersByPan: {
      async load(pans) {
        const taxpayerByPan = await store.byPan(asker.tenant, pans);
        return pans.map((pan) => mustHave(taxpayerByPan, pan));
      },
    },
    taxpayerById: new DataLoader(async (ids) => {
      const taxpayerById = await store.byId(asker.tenant, ids);
      return ids.map((id) => taxpayerById.get(id) ?? null);
    }),
    gathering: new DataLoader(
      async (lists) => {
        const gatheringOf = await gatherWishes(asker, lists.flat());
        return lists.map(() => gatheringOf);
      },
      // What is asked again later may be answered otherwise, and is a use of its own.
      { cache: false },
    ),
  };
}

/** Handing out by key, never by place: a batch that comes back short or shuffled cannot give one's answer to another. */
function mustHave<Key, Value>(valueByKey: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = valueByKey.get(key);
  if (value === undefined) throw new Fault("INTERNAL", { note: "a batch came back without one of its keys" });
  return value;
}
