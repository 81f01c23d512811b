export const events = `
  -- The outbox: one row for each thing that has happened, written in the transaction that makes it happen. A publication
  -- numbers it later, so that nobody who changes a session waits for others.
  create table aaygraph.events (
    tenant text not null,
    written bigint generated always as identity,
    sequence bigint,
    kind text not null,
    at timestamptz(3) not null,
    subject_id uuid,
    session_id text,
    link_id text,
    consent_id text,
    run_id text,
    primary key (tenant, written)
  );
  create unique index events_sequence on aaygraph.events (tenant, sequence) where sequence is not null;
  create index events_unpublished on aaygraph.events (tenant, written) where sequence is null;
  create index events_at on aaygraph.events (at);

  -- The last number of each tenant. The row is locked while events are numbered.
  create table aaygraph.event_heads (
    tenant text primary key,
    sequence bigint not null
  ) with (fillfactor = 50);

  -- The expiry of a consent is written down once. What has expired before this release is no news.
  alter table aaygraph.consents add column expired_at timestamptz;
  update aaygraph.consents set expired_at = expires_at where expires_at <= now();
  create index consents_to_expire on aaygraph.consents (expires_at) where expired_at is null and revoked_at is null;
`;
