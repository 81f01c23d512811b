export const sessions = `
  create table aaygraph.sessions (
    tenant text not null,
    id text not null,
    subject_id uuid not null,
    provider text not null,
    consent_id text not null,
    documents text[] not null,
    income_years integer[] not null,
    version integer not null,
    state text not null,
    progress jsonb not null,
    sealed_ticket bytea,
    -- The number of the process that works on it; the process holds an advisory lock of that number while it lives.
    owner integer,
    due_at timestamptz,
    -- DUE, SENT, GIVEN_UP or NONE, once it is over.
    logout text,
    opened_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    primary key (tenant, id),
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id),
    foreign key (tenant, consent_id) references aaygraph.consents (tenant, id)
  );
  create unique index sessions_live on aaygraph.sessions (tenant, subject_id, provider) where ended_at is null;
  create index sessions_live_consent on aaygraph.sessions (tenant, consent_id) where ended_at is null;
  create index sessions_opened_at on aaygraph.sessions (tenant, opened_at, id);
  create index sessions_subject on aaygraph.sessions (tenant, subject_id, opened_at, id);
  -- Sessions that wait for their taxpayer cost whoever looks for work nothing.
  create index sessions_due_at on aaygraph.sessions (due_at) where due_at is not null;
  create index sessions_owner on aaygraph.sessions (owner) where owner is not null;

  create table aaygraph.session_steps (
    tenant text not null,
    session_id text not null,
    version integer not null,
    progress jsonb not null,
    at timestamptz not null,
    primary key (tenant, session_id, version),
    foreign key (tenant, session_id) references aaygraph.sessions (tenant, id)
  );

  create table aaygraph.idempotency_keys (
    tenant text not null,
    key_digest bytea not null,
    request_digest bytea not null,
    session_id text not null,
    expires_at timestamptz not null,
    primary key (tenant, key_digest),
    foreign key (tenant, session_id) references aaygraph.sessions (tenant, id)
  );
  create index idempotency_keys_expires_at on aaygraph.idempotency_keys (expires_at);

  -- One login of one person at a provider that must never see two, whichever tenant it is for.
  create table aaygraph.leases (
    person_digest bytea not null,
    provider text not null,
    tenant text not null,
    session_id text not null,
    expires_at timestamptz not null,
    primary key (person_digest, provider),
    foreign key (tenant, session_id) references aaygraph.sessions (tenant, id)
  );
  create index leases_session on aaygraph.leases (tenant, session_id);
  create index leases_expires_at on aaygraph.leases (expires_at);
`;
