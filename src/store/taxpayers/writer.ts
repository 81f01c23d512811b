import type { KeyObject } from "node:crypto";
import { Fault, batchByKey } from "../../kernel";
import type { StoredAnswer, TaxpayerStore } from "../../reading/ports";
import type { Database } from "../database";
import { type Keyring, placeOf, seal } from "../keys";
import { subjectIdOf, taxpayerIdOf } from "../../domain";
import { answerShape, rowPeriodOf } from "./rows";
import { mustOpenKey, type SubjectKeyRow } from "./subjects";
import { subjectKeys, upsertAnswers } from "./taxpayerSql";

interface Entry {
  readonly subjectId: string;
  readonly answers: readonly StoredAnswer[];
  readonly sessionId: string | undefined;
}

type CachedKeyOf = (tenant: string, taxpayerId: string) => KeyObject | undefined;

type KeyOrError = { readonly key: KeyObject } | { readonly error: unknown };

/** Stores the answers of many taxpayers of a tenant at the same time with one statement. */
export function createKeep(database: Database, keyring: Keyring, cachedKeyOf: CachedKeyOf): TaxpayerStore["keep"] {
  /** The keys of these subjects, or why there is none. */
  async function readKeys(tenant: string, subjectIds: readonly string[]): Promise<ReadonlyMap<string, KeyOrError>> {
    if (subjectIds.length === 0) return new Map();
    const { rows } = await database.run<SubjectKeyRow>(subjectKeys, [tenant, subjectIds]);
    const subjectById = new Map(rows.map((subject) => [subject.id, subject]));
    return new Map(subjectIds.map((id) => [id, keyOrError(tenant, subjectById.get(id))]));
  }

  function keyOrError(tenant: string, subject: SubjectKeyRow | undefined): KeyOrError {
    if (!subject) return { error: new Fault("NOT_FOUND", { note: "an answer for an unknown taxpayer" }) };
    try {
      return { key: mustOpenKey(tenant, subject, keyring) };
    } catch (error) {
      return { error };
    }
  }

  /** The error of each entry that was not stored. */
  async function write(tenant: string, entries: readonly Entry[]): Promise<ReadonlyMap<Entry, unknown>> {
    const keyById = new Map<string, KeyOrError>();
    for (const { subjectId } of entries) {
      const key = cachedKeyOf(tenant, taxpayerIdOf(subjectId));
      if (key) keyById.set(subjectId, { key });
    }
    const cached = [...keyById.keys()];
    const others = [...new Set(entries.map(({ subjectId }) => subjectId))].filter((id) => !keyById.has(id));
    for (const [id, known] of await readKeys(tenant, others)) keyById.set(id, known);
    const failures = new Map<Entry, unknown>();
    const failAll = (keys: ReadonlyMap<string, KeyOrError>) => {
      for (const entry of entries) {
        const known = keys.get(entry.subjectId);
        if (known && "error" in known) failures.set(entry, known.error);
      }
    };
    failAll(keyById);
    const sealed = newestOfEach(entries).flatMap(({ entry: { subjectId, sessionId }, answer }) => {
      const known = keyById.get(subjectId);
      if (known === undefined || "error" in known) return [];
      const period = rowPeriodOf(answer);
      const place = placeOf.answer(tenant, subjectId, { ...answer, period });
      const body = seal(known.key, Buffer.from(JSON.stringify(answer.body)), place);
      return { subjectId, sessionId, answer, period, body };
    });
    if (sealed.length > 0) {
      const column = <Value>(of: (answer: StoredAnswer) => Value) => sealed.map(({ answer }) => of(answer));
      const { count } = await database.run(upsertAnswers, [
        tenant,
        sealed.map(({ subjectId }) => subjectId),
        answerShape,
        column(({ document }) => document),
        column(({ provider }) => provider),
        sealed.map(({ period }) => period),
        sealed.map(({ body }) => body),
        column(({ fetchedAtMs }) => new Date(fetchedAtMs)),
        column(({ expiresAtMs }) => new Date(expiresAtMs)),
        column(({ consentId }) => consentId ?? null),
        sealed.map(({ sessionId }) => sessionId ?? null),
      ]);
      // Not all is stored: a subject whose key was cached may have been erased meanwhile.
      if (count < sealed.length) failAll(await readKeys(tenant, cached));
    }
    return failures;
  }

  const writeTogether = batchByKey(write);

  return async (tenant, taxpayerId, answers, sessionId) => {
    if (answers.length === 0) return;
    const subjectId = subjectIdOf(taxpayerId);
    if (subjectId === undefined) throw new Fault("NOT_FOUND", { note: "an answer for an unknown taxpayer" });
    const entry: Entry = { subjectId, answers, sessionId };
    const failures = await writeTogether(tenant, [entry]);
    if (failures.has(entry)) throw failures.get(entry);
  };
}

/** A statement may touch a row only once. All writers use one order, so that two of them do not deadlock. */
function newestOfEach(entries: readonly Entry[]) {
  const byKey = new Map<string, { readonly entry: Entry; readonly answer: StoredAnswer }>();
  const all = entries.flatMap((entry) => entry.answers.map((answer) => ({ entry, answer })));
  for (const each of all.sort((one, other) => one.answer.fetchedAtMs - other.answer.fetchedAtMs)) {
    const { document, provider } = each.answer;
    byKey.set(JSON.stringify([each.entry.subjectId, document, provider, rowPeriodOf(each.answer)]), each);
  }
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}
