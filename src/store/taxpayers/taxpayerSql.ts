import type { PreparedSql } from "../database";
import { consentColumnsWith } from "./consentRows";
import { subjectKeyColumns } from "./subjects";

/** In whole milliseconds: cheaper to read than a text of a time. */
const msOf = (moment: string) => `(date_part('epoch', ${moment}) * 1000)::bigint`;

const consentFields = consentColumnsWith(msOf);

/** A cached subject that its look-up no longer finds comes as a row without an id. */
export const heldByLookup = held("held_by_lookup", {
  keyType: "bytea",
  subject: "left join aaygraph.subjects s on s.tenant = $1 and s.lookup = asked.key and s.superseded_at is null",
  lookup: "asked.key",
});

export const heldById = held("held_by_id", {
  keyType: "uuid",
  subject: "join aaygraph.subjects s on s.tenant = $1 and s.id = asked.key",
  lookup: "s.lookup",
});

export const subjectKeys: PreparedSql = {
  name: "subject_keys",
  text: `select ${subjectKeyColumns}
    from aaygraph.subjects s
    left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where s.tenant = $1 and s.id = any($2::uuid[])`,
};

/**
 * The locks keep subjects from being erased, and consents from being revoked, until the answers are written.
 * Nothing is written for an erased subject, nor under a revoked consent. It returns a row for each answer that was stored.
 */
export const upsertAnswers: PreparedSql = {
  name: "upsert_answers",
  text: `with subject as materialized (
      select tenant, id from aaygraph.subjects
      where tenant = $1 and id = any($2::uuid[]) and erased_at is null order by id for share
    ), standing as materialized (
      select c.id from subject join aaygraph.consents c on c.tenant = subject.tenant and c.subject_id = subject.id
      where c.id = any($10::text[]) and c.revoked_at is null for share of c
    ), new as materialized (
      select * from unnest($2::uuid[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::timestamptz[], $9::timestamptz[],
        $10::text[], $11::text[])
        with ordinality as new (id, document, provider, period, sealed_body, fetched_at, expires_at, consent_id,
          session_id, place)
    ), kept as (
      insert into aaygraph.answers as known
        (tenant, subject_id, document, provider, period, sealed_body, shape, fetched_at, expires_at, consent_id)
      select subject.tenant, subject.id, new.document, new.provider, new.period, new.sealed_body, $3, new.fetched_at,
        new.expires_at, new.consent_id
      from new join subject on subject.id = new.id
      where new.consent_id is null or new.consent_id in (select id from standing)
      order by new.place
      on conflict (tenant, subject_id, document, provider, period) do update
      set sealed_body = excluded.sealed_body, shape = excluded.shape,
        fetched_at = excluded.fetched_at, expires_at = excluded.expires_at, consent_id = excluded.consent_id
      where known.fetched_at <= excluded.fetched_at
      returning subject_id, document, provider, period
    ), event as (
      insert into aaygraph.events (tenant, kind, at, subject_id, session_id, consent_id)
      select $1, 'DATA_BROUGHT', max(new.fetched_at), new.id, new.session_id, new.consent_id
      from new join kept on (kept.subject_id, kept.document, kept.provider, kept.period)
        = (new.id, new.document, new.provider, new.period)
      where new.consent_id is not null
      group by new.id, new.session_id, new.consent_id
    )
    select from kept`,
};

/** In portions, so that a backlog makes no long transaction. */
export const deleteSomeExpired: PreparedSql = {
  name: "delete_some_expired",
  text: `delete from aaygraph.answers where ctid = any (array(
      select ctid from aaygraph.answers where expires_at <= $1 limit 10000 for update skip locked
    ))`,
};

/**
 * Deletes, of the next subjects after a key, those who were only asked about: nothing but their sealed PAN is stored.
 * Each statement looks at a bounded number, and leaves out what another transaction works on.
 */
export const deleteUnattachedAfter: PreparedSql = {
  name: "delete_unattached_after",
  text: `with next as materialized (
      select tenant, id from aaygraph.subjects where (tenant, id) > ($2, $3::uuid) order by tenant, id limit 2000
    ), unattached as (
      select s.tenant, s.id from next join aaygraph.subjects s on s.tenant = next.tenant and s.id = next.id
      where coalesce(s.asked_at, s.created_at) <= $1 and s.erased_at is null and s.superseded_at is null
        and not exists (select from aaygraph.answers of where of.tenant = s.tenant and of.subject_id = s.id)
        and not exists (select from aaygraph.files of where of.tenant = s.tenant and of.subject_id = s.id)
        and not exists (select from aaygraph.consents of where of.tenant = s.tenant and of.subject_id = s.id)
        and not exists (select from aaygraph.sessions of where of.tenant = s.tenant and of.subject_id = s.id)
        and not exists (select from aaygraph.aadhaar_checks of where of.tenant = s.tenant and of.subject_id = s.id)
        and not exists (select from aaygraph.links of where of.tenant = s.tenant and of.subject_id = s.id)
        and not exists (select from aaygraph.run_checks of where of.tenant = s.tenant and of.subject_id = s.id)
        and not exists (select from aaygraph.document_deliveries of where of.tenant = s.tenant and of.subject_id = s.id)
      for update of s skip locked
    ), keys as (
      delete from aaygraph.subject_keys k using unattached u where k.tenant = u.tenant and k.subject_id = u.id
    ), versions as (
      delete from aaygraph.subject_versions v using unattached u where v.tenant = u.tenant and v.subject_id = u.id
    ), subjects as (
      delete from aaygraph.subjects s using unattached u where s.tenant = u.tenant and s.id = u.id
    )
    select tenant, id from next order by tenant desc, id desc limit 1`,
};

/** Returns the subjects that are still there. The order of the locks keeps two processes from a deadlock. */
export const noteAsked: PreparedSql = {
  name: "note_asked",
  text: `with asked as (
      select tenant, id from aaygraph.subjects where tenant = $1 and id = any($2::uuid[]) order by id for no key update
    )
    update aaygraph.subjects s set asked_at = $3 from asked where s.tenant = asked.tenant and s.id = asked.id
    returning s.id`,
};

/**
 * One row for each subject, with its consents as JSON and its answers as a table in a text: names of ours, without tabs. The
 * sealed bodies are joined, in the order of the table. JSON of answers takes PostgreSQL twice as long.
 * A subject comes only if its version differs from the cached one. Erased subjects are never cached.
 * Consents: every one that holds; the lapsed ones that brought a stored answer, for their purpose; and the newest lapsed
 * one, which says why nothing may be read.
 */
function held(
  name: string,
  { keyType, subject, lookup }: { keyType: "bytea" | "uuid"; subject: string; lookup: string },
): PreparedSql {
  const hasLapsed = "(c.revoked_at is not null or c.expires_at <= $3)";
  return {
    name,
    text: `with s as materialized (
        select ${subjectKeyColumns}, ${lookup} as lookup, s.sealed_pan, v.version,
          ${msOf("coalesce(s.asked_at, s.created_at)")}::text as asked_at
        from unnest($2::${keyType}[], $4::bigint[]) as asked (key, known_version)
        ${subject}
        left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
        left join aaygraph.subject_versions v on v.tenant = s.tenant and v.subject_id = s.id
        where (s.id is not null or asked.known_version is not null)
          and ((v.version = asked.known_version) is not true or k.sealed is null or s.erased_at is not null)
      )
      select s.*, stored.answers, stored.bodies, given.consents
      from s
      left join lateral (
        select string_agg(concat_ws(E'\\t', a.document, a.provider, a.period, a.shape, ${msOf("a.fetched_at")},
            ${msOf("a.expires_at")}, length(a.sealed_body), a.consent_id), E'\\n') as answers,
          string_agg(a.sealed_body, ''::bytea) as bodies
        from (
          select * from aaygraph.answers a where a.tenant = $1 and a.subject_id = s.id and a.expires_at > $3
          order by a.document, a.provider, a.period
        ) as a
      ) as stored on true
      left join lateral (
        select json_agg(c) as consents from (
          select ${consentFields}, ${hasLapsed} as has_lapsed,
            row_number() over (partition by ${hasLapsed} order by c.granted_at desc) as place
          from aaygraph.consents c where c.tenant = $1 and c.subject_id = s.id
        ) as c
        where not c.has_lapsed or c.place = 1 or exists (
          select from aaygraph.answers a
          where a.tenant = $1 and a.subject_id = s.id and a.consent_id = c.id and a.expires_at > $3
        )
      ) as given on true`,
  };
}
