export const auditKeeping = `
  -- When an operator last accepted that the tail of this trail is lost, in milliseconds, under our seal.
  alter table aaygraph.audit_heads
    add column accepted bigint not null default 0,
    add column accepted_seal bytea;

  -- A verified head under our seal: a later verification may start from it.
  create table aaygraph.audit_checkpoints (
    tenant text not null,
    sequence bigint not null,
    hash bytea not null,
    accepted bigint not null,
    made_at timestamptz(3) not null,
    seal bytea not null,
    primary key (tenant, sequence)
  );
  create trigger append_only before update or delete or truncate on aaygraph.audit_checkpoints
    for each statement execute function aaygraph.refuse_change();
`;
