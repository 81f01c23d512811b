export const links = `
  create table aaygraph.links (
    tenant text not null,
    id text not null,
    -- Of the secret in its address, and of that of the browser it is bound to. Neither secret is kept.
    token_digest bytea not null unique,
    browser_digest bytea,
    key_digest bytea not null,
    request_digest bytea not null,
    -- Null until the taxpayer is known.
    subject_id uuid,
    is_pan_given boolean not null,
    -- The caller's terms with its own reference, and the address to return to. Null once the subject is erased.
    sealed_request bytea,
    documents text[] not null,
    income_years integer[] not null,
    version integer not null,
    state text not null,
    progress jsonb not null,
    session_id text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    primary key (tenant, id),
    unique (tenant, key_digest),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
  );
  create index links_session on aaygraph.links (session_id) where session_id is not null;
  create index links_subject on aaygraph.links (tenant, subject_id) where subject_id is not null;
  create index links_live on aaygraph.links (expires_at) where ended_at is null;
  create index links_ended_at on aaygraph.links (ended_at) where ended_at is not null;

  create table aaygraph.link_steps (
    tenant text not null,
    link_id text not null,
    version integer not null,
    progress jsonb not null,
    at timestamptz not null,
    primary key (tenant, link_id, version),
    foreign key (tenant, link_id) references aaygraph.links (tenant, id) on delete cascade
  );

  -- What signs receipts. A key that was replaced keeps its public half for ever, and loses the other.
  create table aaygraph.receipt_keys (
    kid text primary key,
    public_jwk jsonb not null,
    sealed bytea,
    master_key_id text,
    made_at timestamptz not null,
    retired_at timestamptz,
    check ((retired_at is null) = (sealed is not null))
  );
  create unique index receipt_keys_in_use on aaygraph.receipt_keys ((true)) where retired_at is null;

  alter table aaygraph.consents
    add column receipt_id text,
    add column receipt_digest text,
    add column receipt_issued_at timestamptz(3),
    add column sealed_receipt bytea;
  create unique index consents_receipt on aaygraph.consents (receipt_id) where receipt_id is not null;

  -- Null in records of releases before, and where no consent is concerned.
  alter table aaygraph.audit_records add column receipts text[];
`;
