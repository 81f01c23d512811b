import type { KeyObject } from "node:crypto";
import type { Pan } from "../domain/identifiers";
import type { Clock } from "../kernel/clock";
import { Fault } from "../kernel/fault";
import type { KeptAnswer, KeptTaxpayer, TaxpayerStore } from "../sources/taxpayerStore";
import type { Database } from "./database";
import { answerShape, type HeldRow, type OnUnreadable, readHeldRows, type SubjectRow } from "./heldRows";
import type { Keyring } from "./keyring";
import { answerPlace, panPlace } from "./places";
import { seal, unseal } from "./sealed";
import { insertSubjects, mustOpenKey, type SubjectKeyRow } from "./subjects";
import { subjectIdOf, taxpayerIdOf } from "./taxpayerId";
import { deleteSomeExpired, heldById, heldByLookup, subjectKey, upsertAnswers } from "./taxpayerSql";

export interface Taxpayers extends TaxpayerStore {
  /** Returns how many answers are gone. */
  deleteExpired(nowMs: number): Promise<number>;
}

export function createTaxpayers(
  database: Database,
  keyring: Keyring,
  clock: Clock,
  onUnreadable: OnUnreadable,
): Taxpayers {
  const now = () => new Date(clock.now());

  async function heldAmong(tenant: string, panByLookup: ReadonlyMap<string, Pan>): Promise<KeptTaxpayer[]> {
    const lookups = [...panByLookup.keys()].map((lookup) => Buffer.from(lookup, "hex"));
    const { rows } = await database.run<HeldRow>(heldByLookup, [tenant, lookups, now()]);
    return readHeldRows(tenant, rows, keyring, ({ lookup }) => panByLookup.get(lookup.toString("hex")), onUnreadable);
  }

  /** Those that another process has met a moment earlier are not among the returned. */
  async function meet(tenant: string, panByLookup: ReadonlyMap<string, Pan>): Promise<KeptTaxpayer[]> {
    const pans = [...panByLookup.values()];
    const subjects = await insertSubjects(database, keyring, { tenant, pans, nowMs: clock.now() });
    return subjects.map(({ id, pan }) => ({ id: taxpayerIdOf(id), pan, erased: false, answers: [], consents: [] }));
  }

  return {
    async byPan(tenant, pans) {
      const panByLookup = new Map(pans.map((pan) => [keyring.lookup(tenant, pan).toString("hex"), pan]));
      const keptByPan = new Map<Pan, KeptTaxpayer>();
      for (const find of [heldAmong, meet, heldAmong]) {
        const missing = new Map([...panByLookup].filter(([, pan]) => !keptByPan.has(pan)));
        if (missing.size === 0) break;
        for (const taxpayer of await find(tenant, missing)) keptByPan.set(taxpayer.pan, taxpayer);
      }
      return keptByPan;
    },

    async byId(tenant, ids) {
      const subjectIds = [...new Set(ids)].flatMap((id) => subjectIdOf(id) ?? []);
      if (subjectIds.length === 0) return new Map();
      const { rows } = await database.run<HeldRow>(heldById, [tenant, subjectIds, now()]);
      const panOf = (subject: SubjectRow, key: KeyObject | undefined) => openPan(tenant, subject, key, onUnreadable);
      const keptById = new Map<string, KeptTaxpayer | "ERASED">();
      for (const { id, erased } of rows) if (erased) keptById.set(taxpayerIdOf(id), "ERASED");
      for (const taxpayer of readHeldRows(tenant, rows, keyring, panOf, onUnreadable)) {
        keptById.set(taxpayer.id, taxpayer);
      }
      return keptById;
    },

    async keep(tenant, taxpayerId, answers) {
      if (answers.length === 0) return;
      const id = subjectIdOf(taxpayerId);
      const { rows } = await database.run<SubjectKeyRow>(subjectKey, [tenant, id]);
      const [subject] = rows;
      if (id === undefined || !subject) throw new Fault("NOT_FOUND", { note: "nobody to keep an answer for" });
      const key = mustOpenKey(tenant, subject, keyring);
      const newest = newestOfEach(answers);
      await database.run(upsertAnswers, [
        tenant,
        id,
        answerShape,
        newest.map(({ document }) => document),
        newest.map(({ provider }) => provider),
        newest.map(({ period }) => period),
        newest.map((answer) => seal(key, Buffer.from(JSON.stringify(answer.body)), answerPlace(tenant, id, answer))),
        newest.map(({ fetchedAtMs }) => new Date(fetchedAtMs)),
        newest.map(({ expiresAtMs }) => new Date(expiresAtMs)),
        newest.map(({ consentId }) => consentId ?? null),
      ]);
    },

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

function openPan(
  tenant: string,
  { id, sealed_pan: sealed }: SubjectRow,
  key: KeyObject | undefined,
  onUnreadable: OnUnreadable,
): Pan | undefined {
  if (!key || !sealed) return undefined;
  const pan = unseal(key, sealed, panPlace(tenant, id));
  if (!pan) onUnreadable("a subject's PAN does not open");
  return pan?.toString() as Pan | undefined;
}

/** One statement may touch a row once only; and in one order, so that two writers do not wait for each other. */
function newestOfEach(answers: readonly KeptAnswer[]): KeptAnswer[] {
  const byKey = new Map<string, KeptAnswer>();
  for (const answer of answers.toSorted((a, b) => a.fetchedAtMs - b.fetchedAtMs)) {
    byKey.set(JSON.stringify([answer.document, answer.provider, answer.period]), answer);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, answer]) => answer);
}
