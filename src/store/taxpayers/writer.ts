import { Fault, batchByKey } from "../../kernel";
import type { StoredAnswer, TaxpayerStore } from "../../reading/ports";
import type { Database } from "../database";
import { type Keyring, placeOf, seal } from "../keys";
import { subjectIdOf } from "../../domain";
import { answerShape, rowPeriodOf } from "./rows";
import { mustOpenKey, type SubjectKeyRow } from "./subjects";
import { subjectKeys, upsertAnswers } from "./taxpayerSql";

interface Entry {
  readonly subjectId: string;
  readonly answers: readonly StoredAnswer[];
  readonly sessionId: string | undefined;
}

/** Stores the answers of many taxpayers of a tenant at the same time with one statement. */
export function createKeep(database: Database, keyring: Keyring): TaxpayerStore["keep"] {
  /** The error of each entry that was not stored. */
  async function write(tenant: string, entries: readonly Entry[]): Promise<ReadonlyMap<Entry, unknown>> {
    const { rows: subjects } = await database.run<SubjectKeyRow>(subjectKeys, [
      tenant,
      [...new Set(entries.map(({ subjectId }) => subjectId))],
    ]);
    const subjectById = new Map(subjects.map((subject) => [subject.id, subject]));
    const failures = new Map<Entry, unknown>();
    const sealed = newestOfEach(entries).flatMap(({ entry, answer }) => {
      try {
        const subject = subjectById.get(entry.subjectId);
        if (!subject) throw new Fault("NOT_FOUND", { note: "an answer for an unknown taxpayer" });
        const period = rowPeriodOf(answer);
        const place = placeOf.answer(tenant, subject.id, { ...answer, period });
        return {
          subjectId: subject.id,
          sessionId: entry.sessionId,
          answer,
          period,
          body: seal(mustOpenKey(tenant, subject, keyring), Buffer.from(JSON.stringify(answer.body)), place),
        };
      } catch (thrown) {
        failures.set(entry, thrown);
        return [];
      }
    });
    if (sealed.length > 0) {
      const column = <Value>(of: (answer: StoredAnswer) => Value) => sealed.map(({ answer }) => of(answer));
      await database.run(upsertAnswers, [
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
