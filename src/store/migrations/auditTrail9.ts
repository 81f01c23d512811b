export const auditTrail = `
  -- Each record's hash covers the one before it, under a key that the database does not have.
  create table aaygraph.audit_records (
    tenant text not null,
    sequence bigint not null,
    kind text not null,
    at timestamptz(3) not null,
    caller text,
    request_id text,
    taxpayer_ids text[] not null,
    session_id text,
    provider text,
    consent_ids text[] not null,
    purposes text[] not null,
    documents text[] not null,
    income_years integer[] not null,
    fields text[] not null,
    code text,
    hash bytea not null,
    primary key (tenant, sequence)
  );
  create index audit_records_taxpayers on aaygraph.audit_records using gin (taxpayer_ids);
  create trigger append_only before update or delete or truncate on aaygraph.audit_records
    for each statement execute function aaygraph.refuse_change();

  -- Where each tenant's trail ends. It is written with every append, so a trail that ends earlier has lost its tail.
  create table aaygraph.audit_heads (
    tenant text primary key,
    sequence bigint not null,
    hash bytea not null,
    seal bytea not null
  ) with (fillfactor = 50);
  create trigger append_only before delete or truncate on aaygraph.audit_heads
    for each statement execute function aaygraph.refuse_change();
`;
