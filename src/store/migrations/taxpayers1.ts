export const taxpayers = `
  create table aaygraph.keyring (
    purpose text primary key,
    sealed bytea not null,
    master_key_id text not null
  );
  create table aaygraph.subjects (
    tenant text not null,
    id uuid not null,
    lookup bytea not null,
    sealed_key bytea,
    master_key_id text,
    sealed_pan bytea,
    created_at timestamptz not null,
    erased_at timestamptz,
    primary key (tenant, id),
    unique (tenant, lookup),
    check (erased_at is not null or (sealed_key is not null and master_key_id is not null and sealed_pan is not null))
  );
  create table aaygraph.answers (
    tenant text not null,
    subject_id uuid not null,
    document text not null,
    provider text not null,
    period text not null,
    sealed_body bytea not null,
    shape integer not null,
    fetched_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant, subject_id, document, provider, period),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
  );
  create index answers_expires_at on aaygraph.answers (expires_at);
`;
