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

  create table aaygraph.webhook_endpoints (
    tenant text not null,
    id text not null,
    url text not null,
    kinds text[] not null,
    document text,
    -- Under whose rights the document runs.
    creator text not null,
    scopes text[] not null,
    created_at timestamptz(3) not null,
    failing_since timestamptz,
    disabled_at timestamptz,
    primary key (tenant, id)
  ) with (fillfactor = 50);

  create table aaygraph.webhook_secrets (
    tenant text not null,
    endpoint_id text not null,
    number bigint generated always as identity,
    sealed bytea not null,
    -- Null for the newest. An earlier one signs beside it for a while.
    expires_at timestamptz,
    primary key (tenant, endpoint_id, number),
    foreign key (tenant, endpoint_id) references aaygraph.webhook_endpoints (tenant, id) on delete cascade
  );

  create table aaygraph.webhook_keys (
    tenant text not null,
    key_digest bytea not null,
    request_digest bytea not null,
    endpoint_id text not null,
    expires_at timestamptz not null,
    primary key (tenant, key_digest),
    foreign key (tenant, endpoint_id) references aaygraph.webhook_endpoints (tenant, id) on delete cascade
  );
  create index webhook_keys_endpoint on aaygraph.webhook_keys (tenant, endpoint_id);
  create index webhook_keys_expires_at on aaygraph.webhook_keys (expires_at);

  -- What is to be sent where. The publication that numbers an event makes them.
  create table aaygraph.webhook_deliveries (
    tenant text not null,
    endpoint_id text not null,
    sequence bigint not null,
    number bigint generated always as identity,
    -- Events with the same lane are sent one after the other.
    lane text not null,
    state text not null,
    attempts integer not null default 0,
    last_status integer,
    last_attempt_at timestamptz(3),
    next_attempt_at timestamptz(3),
    -- The process that makes an attempt, and when its claim is over.
    owner integer,
    claimed_until timestamptz,
    event_at timestamptz(3) not null,
    primary key (tenant, endpoint_id, sequence),
    foreign key (tenant, endpoint_id) references aaygraph.webhook_endpoints (tenant, id) on delete cascade
  ) with (fillfactor = 70);
  create unique index webhook_deliveries_number on aaygraph.webhook_deliveries (tenant, endpoint_id, number);
  create index webhook_deliveries_due on aaygraph.webhook_deliveries (tenant, endpoint_id, next_attempt_at, sequence)
    where state = 'PENDING';
  create index webhook_deliveries_lane on aaygraph.webhook_deliveries (tenant, endpoint_id, lane, sequence)
    where state = 'PENDING';
  create index webhook_deliveries_owner on aaygraph.webhook_deliveries (owner) where owner is not null;
  create index webhook_deliveries_event_at on aaygraph.webhook_deliveries (event_at);

  -- The expiry of a consent is written down once. What has expired before this release is no news.
  alter table aaygraph.consents add column expired_at timestamptz;
  update aaygraph.consents set expired_at = expires_at where expires_at <= now();
  create index consents_to_expire on aaygraph.consents (expires_at) where expired_at is null and revoked_at is null;
`;
