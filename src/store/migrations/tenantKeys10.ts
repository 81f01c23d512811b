export const tenantKeys = `
  -- Which of its tenant's look-up keys a subject is found by, counted from 1. At 0 the root key alone finds it.
  alter table aaygraph.subjects add column lookup_key integer not null default 0;
  create table aaygraph.lookup_keys (
    tenant text not null,
    number integer not null,
    sealed bytea not null,
    master_key_id text not null,
    -- Until then some subjects of the tenant may still be found by the number before.
    rotated_at timestamptz,
    primary key (tenant, number)
  );
  -- Grows whenever a rotation begins or ends: whoever knows another number does not know the keys in use.
  alter table aaygraph.keyring add column lookup_changes integer not null default 0;
`;
