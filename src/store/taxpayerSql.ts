import type { PreparedSql } from "./database";

export const heldByLookup = held("held_by_lookup", "s.lookup = any($2::bytea[])");

export const heldById = held("held_by_id", "s.id = any($2::uuid[])");

export const insertSubjects: PreparedSql = {
  name: "insert_subjects",
  text: `insert into aaygraph.subjects (tenant, id, lookup, sealed_key, master_key_id, sealed_pan, created_at)
    select $1, new.id, new.lookup, new.sealed_key, new.master_key_id, new.sealed_pan, $2
    from unnest($3::uuid[], $4::bytea[], $5::bytea[], $6::text[], $7::bytea[])
      as new (id, lookup, sealed_key, master_key_id, sealed_pan)
    on conflict (tenant, lookup) do nothing
    returning id, lookup`,
};

export const subjectKey: PreparedSql = {
  name: "subject_key",
  text: `select id, erased_at is not null as erased, sealed_key, master_key_id
    from aaygraph.subjects where tenant = $1 and id = $2`,
};

/** The subject is locked against being erased meanwhile; once erased, nothing is written. */
export const upsertAnswers: PreparedSql = {
  name: "upsert_answers",
  text: `with subject as (
      select tenant, id from aaygraph.subjects where tenant = $1 and id = $2 and erased_at is null for share
    )
    insert into aaygraph.answers
      (tenant, subject_id, document, provider, period, sealed_body, shape, fetched_at, expires_at)
    select subject.tenant, subject.id, new.document, new.provider, new.period, new.sealed_body, $3, new.fetched_at,
      new.expires_at
    from subject, unnest($4::text[], $5::text[], $6::text[], $7::bytea[], $8::timestamptz[], $9::timestamptz[])
      as new (document, provider, period, sealed_body, fetched_at, expires_at)
    on conflict (tenant, subject_id, document, provider, period) do update
    set sealed_body = excluded.sealed_body, shape = excluded.shape,
      fetched_at = excluded.fetched_at, expires_at = excluded.expires_at
    where answers.fetched_at <= excluded.fetched_at`,
};

/** In portions, so that no lock and no transaction grows with the backlog. */
export const deleteSomeExpired: PreparedSql = {
  name: "delete_some_expired",
  text: `delete from aaygraph.answers where ctid = any (array(
      select ctid from aaygraph.answers where expires_at <= $1 limit 10000 for update skip locked
    ))`,
};

function held(name: string, condition: string): PreparedSql {
  return {
    name,
    text: `select s.id, s.lookup, s.erased_at is not null as erased, s.sealed_key, s.master_key_id, s.sealed_pan,
        a.document, a.provider, a.period, a.sealed_body, a.shape, a.fetched_at, a.expires_at
      from aaygraph.subjects s
      left join aaygraph.answers a on a.tenant = s.tenant and a.subject_id = s.id and a.expires_at > $3
      where s.tenant = $1 and ${condition}`,
  };
}
