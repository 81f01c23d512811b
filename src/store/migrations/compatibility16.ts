export const compatibility = `
  -- The oldest release that still works on these tables, by the number of its last migration. It may start on them.
  alter table aaygraph.migrations add column compatible_from integer check (compatible_from <= number);

  -- Up to which record a trail has been detached, under our seal: a verification starts behind it.
  create table aaygraph.audit_detachments (
    tenant text not null,
    sequence bigint not null,
    hash bytea not null,
    accepted bigint not null,
    made_at timestamptz(3) not null,
    seal bytea not null,
    primary key (tenant, sequence)
  );
  create trigger append_only before update or delete or truncate on aaygraph.audit_detachments
    for each statement execute function aaygraph.refuse_change();

  -- Records are deleted only where a detachment covers them.
  create function aaygraph.refuse_deletion() returns trigger language plpgsql as $$
    begin
      if exists (
        select from gone where not exists (
          select from aaygraph.audit_detachments d where d.tenant = gone.tenant and d.sequence >= gone.sequence
        )
      ) then
        raise exception '% is only ever appended to', tg_table_name;
      end if;
      return null;
    end;
  $$;
  drop trigger append_only on aaygraph.audit_records;
  create trigger append_only before update or truncate on aaygraph.audit_records
    for each statement execute function aaygraph.refuse_change();
  create trigger detached_only after delete on aaygraph.audit_records
    referencing old table as gone for each statement execute function aaygraph.refuse_deletion();
`;
