import { randomUUID, type KeyObject } from "node:crypto";
import type { Pan } from "../../domain";
import { Fault } from "../../kernel";
import type { PreparedSql, Queries } from "../database";
import { type Keyring, placeOf, seal } from "../keys";

/** A subject with its key, which has a table of its own. */
export interface SubjectKeyRow {
  readonly id: string;
  readonly erased: boolean;
  readonly sealed_key: Buffer | null;
  readonly master_key_id: string | null;
}

/**
 * The columns of a `SubjectKeyRow`, of `aaygraph.subjects s left join aaygraph.subject_keys k`. A subject without its
 * key is erased, also when a backup has restored its row.
 */
export const subjectKeyColumns = `s.id, (s.erased_at is not null or k.sealed is null) as erased,
  k.sealed as sealed_key, k.master_key_id`;

const subjectOfPan: PreparedSql = {
  name: "subject_of_pan",
  text: `select ${subjectKeyColumns}
    from aaygraph.subjects s
    left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where s.tenant = $1 and s.lookup = any($2::bytea[]) and s.superseded_at is null
    for no key update of s`,
};

const supersede: PreparedSql = {
  name: "supersede_subject",
  text: `update aaygraph.subjects set superseded_at = $3, erased_at = coalesce(erased_at, $3)
    where tenant = $1 and id = $2`,
};

/**
 * Inserts only under the master key and the look-up keys in use; else it returns a row without an id.
 * The share lock makes a rewrap and a rotation wait, so that they miss no key. A subject that is still found by the
 * earlier look-up key is not inserted again.
 */
const insertNew: PreparedSql = {
  name: "insert_subjects",
  text: `with new as (
      select * from unnest($3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[], $9::bytea[])
        as new (id, lookup, sealed_pan, sealed_key, master_key_id, earlier)
    ), in_use as (
      select from aaygraph.keyring where purpose = 'lookup' and master_key_id = $8 and lookup_changes = $10 for share
    ), inserted as (
      insert into aaygraph.subjects (tenant, id, lookup, lookup_key, sealed_pan, created_at)
      select $1, new.id, lookup, $11, sealed_pan, $2 from new, in_use
      where not exists (
        select from aaygraph.subjects s where s.tenant = $1 and s.lookup = new.earlier and s.superseded_at is null
      )
      order by new.lookup
      on conflict (tenant, lookup) where superseded_at is null do nothing
      returning id
    ), keys as (
      insert into aaygraph.subject_keys (tenant, subject_id, sealed, master_key_id)
      select $1, id, sealed_key, master_key_id from inserted join new using (id)
    )
    select id from inserted union all select null where not exists (select from in_use)`,
};

interface Person {
  readonly tenant: string;
  readonly pan: Pan;
  readonly nowMs: number;
}

interface NewSubject {
  readonly id: string;
  readonly pan: Pan;
  readonly key: KeyObject;
}

interface People {
  readonly tenant: string;
  readonly pans: readonly Pan[];
  readonly nowMs: number;
}

/** Leaves out the people whom another process inserts at the same time. */
export async function insertSubjects(queries: Queries, keyring: Keyring, people: People): Promise<NewSubject[]> {
  for (;;) {
    const inserted = await insertUnderKeysInUse(queries, keyring, people);
    if (inserted) return inserted;
    await keyring.follow(queries);
  }
}

/** Undefined when other keys are in use by now. */
async function insertUnderKeysInUse(
  queries: Queries,
  keyring: Keyring,
  { tenant, pans, nowMs }: People,
): Promise<NewSubject[] | undefined> {
  // One order everywhere, here and in the statement, so that two who insert the same people do not deadlock.
  const subjects = pans
    .map((pan) => ({ pan, id: randomUUID(), lookups: keyring.lookups(tenant, pan) }))
    .sort((a, b) => a.lookups[0].compare(b.lookups[0]))
    .map((subject) => ({ ...subject, ...keyring.newSubjectKey(tenant, subject.id) }));
  const { number, changes } = keyring.lookupState(tenant);
  const { rows } = await queries.run<{ id: string | null }>(insertNew, [
    tenant,
    new Date(nowMs),
    subjects.map(({ id }) => id),
    subjects.map(({ lookups }) => lookups[0]),
    subjects.map(({ id, pan, key }) => seal(key, Buffer.from(pan), placeOf.pan(tenant, id))),
    subjects.map(({ kept }) => kept.sealed),
    subjects.map(({ kept }) => kept.masterKeyId),
    subjects[0]?.kept.masterKeyId ?? null,
    subjects.map(({ lookups }) => lookups[1] ?? null),
    changes,
    number,
  ]);
  if (rows.some(({ id }) => id === null)) return undefined;
  const inserted = new Set(rows.map(({ id }) => id));
  return subjects.filter(({ id }) => inserted.has(id));
}

export function openKey(
  tenant: string,
  { id, erased, sealed_key: sealed, master_key_id: masterKeyId }: SubjectKeyRow,
  keyring: Keyring,
): KeyObject | undefined {
  if (erased || !sealed || masterKeyId === null) return undefined;
  return keyring.openSubjectKey(tenant, id, { sealed, masterKeyId });
}

export function mustOpenKey(tenant: string, subject: SubjectKeyRow, keyring: Keyring): KeyObject {
  if (subject.erased) throw new Fault("ERASED");
  const key = openKey(tenant, subject, keyring);
  if (!key) throw new Fault("INTERNAL", { note: "a subject's key does not open" });
  return key;
}

/** Until the transaction ends, no other one opens a session for this person or erases them. */
export async function lockSubject(
  queries: Queries,
  keyring: Keyring,
  { tenant, pan }: Pick<Person, "tenant" | "pan">,
): Promise<SubjectKeyRow | undefined> {
  const { rows } = await queries.run<SubjectKeyRow>(subjectOfPan, [tenant, keyring.lookups(tenant, pan)]);
  return rows[0];
}

/** The person's subject, locked. A new subject under a new key replaces an erased one. */
export async function subjectForOpening(
  queries: Queries,
  keyring: Keyring,
  { tenant, pan, nowMs }: Person,
): Promise<{ readonly id: string; readonly key: KeyObject }> {
  for (;;) {
    const known = await lockSubject(queries, keyring, { tenant, pan });
    if (known && !known.erased) return { id: known.id, key: mustOpenKey(tenant, known, keyring) };
    if (known) await queries.run(supersede, [tenant, known.id, new Date(nowMs)]);
    const [made] = await insertSubjects(queries, keyring, { tenant, pans: [pan], nowMs });
    if (made) return made;
  }
}
