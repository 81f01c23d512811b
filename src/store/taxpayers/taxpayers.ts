import { type Pan, subjectIdOf, taxpayerIdOf } from "../../domain";
import type { Clock } from "../../kernel";
import type { TaxpayerStore } from "../../reading/ports";
import type { Database } from "../database";
import type { Keyring } from "../keys";
import { createKeep } from "./writer";
import { createCachedReader } from "./reader";
import type { OnUnreadable, UsedTaxpayer } from "./rows";
import { insertSubjects } from "./subjects";
import { deleteSomeExpired, deleteUnattachedAfter, noteAsked } from "./taxpayerSql";

interface Taxpayers extends TaxpayerStore {
  /** Returns how many answers are gone. */
  deleteExpired(nowMs: number): Promise<number>;
  /** The taxpayer has changed: the cache asks the database before it answers. */
  invalidate(tenant: string, taxpayerId: string): void;
}

interface SubjectPlace {
  readonly tenant: string;
  readonly id: string;
}

/** People who were only asked about are forgotten a day after the last question. */
const unattachedForMs = 24 * 3_600_000;
/** A sweep looks at every subject. */
const unattachedEveryMs = 3_600_000;
/** A question is noted before a sweep could take its person away, and no more than twice a day. */
const notedForMs = 12 * 3_600_000;

export function createTaxpayers(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  onUnreadable: OnUnreadable,
): Taxpayers {
  const held = createCachedReader(database, keyring, clock, onUnreadable);
  let unattachedDueAtMs = -Infinity;

  async function deleteAnswers(nowMs: number): Promise<number> {
    for (let deleted = 0; ;) {
      const { count } = await database.run(deleteSomeExpired, [new Date(nowMs)]);
      if (count === 0) return deleted;
      deleted += count;
    }
  }

  async function deleteUnattached(beforeMs: number): Promise<void> {
    let last: SubjectPlace | undefined = { tenant: "", id: "00000000-0000-0000-0000-000000000000" };
    while (last) {
      const values: unknown[] = [new Date(beforeMs), last.tenant, last.id];
      const { rows } = await database.run<SubjectPlace>(deleteUnattachedAfter, values);
      [last] = rows;
    }
  }

  /** What is found is safe from the sweep while it is worked on. Leaves out what the sweep has just taken. */
  async function keepInUse<Name, Found extends UsedTaxpayer | "ERASED">(
    tenant: string,
    found: ReadonlyMap<Name, Found>,
  ): Promise<ReadonlyMap<Name, Found>> {
    const nowMs = clock.now();
    const fading = new Map<string, UsedTaxpayer>();
    for (const taxpayer of found.values()) {
      // Consents are never deleted: who has given one is never swept.
      if (taxpayer === "ERASED" || taxpayer.erased || taxpayer.consents.length > 0) continue;
      if (nowMs - taxpayer.askedAtMs >= notedForMs) fading.set(taxpayer.id, taxpayer);
    }
    if (fading.size === 0) return found;
    const ids = [...fading.keys()].map(subjectIdOf);
    const { rows } = await database.run<{ id: string }>(noteAsked, [tenant, ids, new Date(nowMs)]);
    for (const { id } of rows) {
      const noted = fading.get(taxpayerIdOf(id));
      if (noted) noted.askedAtMs = nowMs;
      fading.delete(taxpayerIdOf(id));
    }
    for (const id of fading.keys()) held.invalidate(tenant, id);
    return new Map([...found].filter(([, taxpayer]) => taxpayer === "ERASED" || !fading.has(taxpayer.id)));
  }

  /** Leaves out those that another process inserts at the same time. */
  async function meet(tenant: string, pans: readonly Pan[]): Promise<ReadonlyMap<Pan, UsedTaxpayer>> {
    const askedAtMs = clock.now();
    const subjects = await insertSubjects(database, keyring, { tenant, pans, nowMs: askedAtMs });
    const nothing = { erased: false, answers: [], consents: [], askedAtMs };
    return new Map(subjects.map(({ id, pan }) => [pan, { id: taxpayerIdOf(id), pan, ...nothing }]));
  }

  return {
    async byPan(tenant, pans) {
      const keptByPan = new Map<Pan, UsedTaxpayer>();
      // The second round is for a subject that is re-keyed between the insert of another process and our read.
      for (const find of [held.byPan, meet, held.byPan, meet, held.byPan]) {
        const missing = [...new Set(pans)].filter((pan) => !keptByPan.has(pan));
        if (missing.length === 0) break;
        const found = await keepInUse(tenant, await find(tenant, missing));
        for (const pan of missing) {
          const taxpayer = found.get(pan);
          if (taxpayer) keptByPan.set(pan, taxpayer);
        }
      }
      return keptByPan;
    },

    async byId(tenant, ids) {
      const heldById = await keepInUse(tenant, await held.byId(tenant, ids));
      return new Map(
        [...new Set(ids)].flatMap((id) => {
          const taxpayer = heldById.get(id);
          return taxpayer ? [[id, taxpayer]] : [];
        }),
      );
    },

    keep: createKeep(database, keyring, held.keyOf),
    invalidate: held.invalidate,

    async deleteExpired(nowMs) {
      const deleted = await deleteAnswers(nowMs);
      if (nowMs >= unattachedDueAtMs) {
        await deleteUnattached(nowMs - unattachedForMs);
        unattachedDueAtMs = nowMs + unattachedEveryMs;
      }
      return deleted;
    },
  };
}
