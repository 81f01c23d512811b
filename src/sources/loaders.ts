import DataLoader from "dataloader";
import type { Pan } from "../domain/identifiers";
import { Fault } from "../kernel/fault";
import type { Asker } from "./asker";
import type { Gather } from "./gather";
import { keyOf, type Question, type Told } from "./question";
import type { KeptTaxpayer, TaxpayerStore } from "./taxpayerStore";

/** What one request reads through: every question of a tick is gathered together, and asked once. */
export interface Loaders {
  readonly taxpayerByPan: DataLoader<Pan, KeptTaxpayer>;
  /** Null for an id that is unknown to this tenant. */
  readonly taxpayerById: DataLoader<string, KeptTaxpayer | "ERASED" | null>;
  readonly answer: DataLoader<Question, Told, string>;
}

export function createLoaders(store: TaxpayerStore, gather: Gather, asker: Asker): Loaders {
  return {
    taxpayerByPan: new DataLoader(async (pans) => {
      const taxpayerByPan = await store.byPan(asker.tenant, pans);
      return pans.map((pan) => mustHave(taxpayerByPan, pan));
    }),
    taxpayerById: new DataLoader(async (ids) => {
      const taxpayerById = await store.byId(asker.tenant, ids);
      return ids.map((id) => taxpayerById.get(id) ?? null);
    }),
    answer: new DataLoader(
      async (questions) => {
        const answerByKey = await gather(asker, questions);
        return questions.map((question) => mustHave(answerByKey, keyOf(question)));
      },
      { cacheKeyFn: (question) => `${keyOf(question)}|${question.maxAgeMs ?? ""}` },
    ),
  };
}

/** Handing out by key, never by place: a batch that comes back short or shuffled cannot give one's answer to another. */
function mustHave<Key, Value>(valueByKey: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = valueByKey.get(key);
  if (value === undefined) throw new Fault("INTERNAL", { note: "a batch came back without one of its keys" });
  return value;
}
