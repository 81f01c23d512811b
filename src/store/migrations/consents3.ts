export const consents = `
  -- Kept apart from what they open, so that a copy of the data can leave them out.
  create table aaygraph.subject_keys (
    tenant text not null,
    subject_id uuid not null,
    sealed bytea not null,
    master_key_id text not null,
    primary key (tenant, subject_id),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
  );
  insert into aaygraph.subject_keys (tenant, subject_id, sealed, master_key_id)
    select tenant, id, sealed_key, master_key_id from aaygraph.subjects where erased_at is null;
  alter table aaygraph.subjects
    drop column sealed_key,
    drop column master_key_id,
    drop constraint subjects_tenant_lookup_key,
    add column superseded_at timestamptz,
    add check (erased_at is not null or (sealed_pan is not null and superseded_at is null));
  create unique index subjects_lookup on aaygraph.subjects (tenant, lookup) where superseded_at is null;
  -- A dropped column's bytes stay in the file until its rows are written anew.
  cluster aaygraph.subjects using subjects_pkey;
  alter table aaygraph.subjects set without cluster;

  create table aaygraph.consents (
    tenant text not null,
    id text not null,
    subject_id uuid not null,
    purpose text not null,
    documents text[] not null,
    income_years integer[] not null,
    starts_at timestamptz not null,
    expires_at timestamptz not null,
    data_life_days integer not null,
    most_fetches integer,
    fetches integer not null,
    granted_at timestamptz not null,
    revoked_at timestamptz,
    sealed_reference bytea,
    primary key (tenant, id),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
  );
  create index consents_subject on aaygraph.consents (tenant, subject_id, granted_at);
  alter table aaygraph.answers
    add column consent_id text,
    add foreign key (tenant, consent_id) references aaygraph.consents (tenant, id);
  create index answers_consent on aaygraph.answers (tenant, consent_id) where consent_id is not null;

  -- Whom a record is about is told by an id that says nothing once the subject has been erased.
  create table aaygraph.consent_records (
    tenant text not null,
    number bigint generated always as identity,
    kind text not null,
    at timestamptz not null,
    subject_id uuid,
    consent_id text,
    session_id text,
    provider text,
    documents text[],
    income_years integer[],
    code text,
    primary key (tenant, number)
  );
  create index consent_records_subject on aaygraph.consent_records (tenant, subject_id, number);
  create function aaygraph.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is only ever appended to', tg_table_name;
    end;
  $$;
  create trigger append_only before update or delete or truncate on aaygraph.consent_records
    for each statement execute function aaygraph.refuse_change();

  create table aaygraph.erasures (
    tenant text not null,
    subject_id uuid not null,
    id text not null,
    erased_at timestamptz not null,
    keys integer not null,
    answers integer not null,
    consents integer not null,
    sessions integer not null,
    primary key (tenant, subject_id),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
  );
`;
