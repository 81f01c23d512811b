import DataLoader from "dataloader";
import type { Pan } from "../domain";
import { Fault } from "../kernel";
import type { Asker, DocumentRequest } from "./question";
import type { DocumentsOf, Gather } from "./gather";
import type { StoredTaxpayer, TaxpayerStore } from "./ports";

export interface Loader<Name, Value> {
  load(name: Name): Promise<Value>;
  clearAll(): unknown;
}

/** How one operation reads: all questions of a tick go out as one batch. */
export interface Loaders {
  readonly taxpayerByPan: Loader<Pan, StoredTaxpayer>;
  /** In the order asked. A promise for each of many would cost more than its answer. */
  readonly taxpayersByPan: Pick<Loader<readonly Pan[], readonly StoredTaxpayer[]>, "load">;
  /** Null for an id that is unknown to this tenant. */
  readonly taxpayerById: Loader<string, StoredTaxpayer | "ERASED" | null>;
  /** Many requests at a time, for the same reason. */
  readonly documents: Pick<Loader<readonly DocumentRequest[], DocumentsOf>, "load">;
}

export function createLoaders(store: TaxpayerStore, gather: Gather, asker: Asker): Loaders {
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
    documents: new DataLoader(
      async (lists) => {
        const documentsOf = await gather(asker, lists.flat());
        return lists.map(() => documentsOf);
      },
      // A later request may get another answer, and is audited on its own.
      { cache: false },
    ),
  };
}

/** By key, never by place: a short or shuffled batch cannot give one taxpayer's answer to another. */
function mustHave<Key, Value>(valueByKey: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = valueByKey.get(key);
  if (value === undefined) throw new Fault("INTERNAL", { note: "a batch came back without one of its keys" });
  return value;
}
