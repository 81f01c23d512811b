export const subjectVersions = `
  -- Changes whenever something that is read of a subject does, and never comes back to a number it had. It stands in a
  -- table of its own, which is written last in every transaction, so that nobody waits for another in a circle.
  create sequence aaygraph.subject_version;
  create table aaygraph.subject_versions (
    tenant text not null,
    subject_id uuid not null,
    version bigint not null,
    primary key (tenant, subject_id)
  ) with (fillfactor = 70);

  create function aaygraph.change_subjects() returns trigger language plpgsql as $$
    begin
      insert into aaygraph.subject_versions (tenant, subject_id, version)
        select tenant, subject_id, nextval('aaygraph.subject_version')
        from (select distinct tenant, subject_id from changed order by tenant, subject_id) as subject
        on conflict (tenant, subject_id) do update set version = excluded.version;
      return null;
    end;
  $$;
  create trigger answers_inserted after insert on aaygraph.answers
    referencing new table as changed for each statement execute function aaygraph.change_subjects();
  create trigger answers_updated after update on aaygraph.answers
    referencing new table as changed for each statement execute function aaygraph.change_subjects();

  -- A consent is changed first of several things, and so waits for the end of its transaction.
  create function aaygraph.change_subject() returns trigger language plpgsql as $$
    begin
      insert into aaygraph.subject_versions (tenant, subject_id, version)
        values (new.tenant, new.subject_id, nextval('aaygraph.subject_version'))
        on conflict (tenant, subject_id) do update set version = excluded.version;
      return null;
    end;
  $$;
  create constraint trigger consents_inserted after insert on aaygraph.consents
    deferrable initially deferred for each row execute function aaygraph.change_subject();
  create constraint trigger consents_updated after update on aaygraph.consents
    deferrable initially deferred for each row
    when (old.fetches = new.fetches) execute function aaygraph.change_subject();

  insert into aaygraph.subject_versions (tenant, subject_id, version)
    select tenant, id, nextval('aaygraph.subject_version') from aaygraph.subjects;
`;
