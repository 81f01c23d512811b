export const runs = `
  -- A list of PANs to check, given with a run or uploaded before it. Its lines are in portions, each sealed as a whole.
  create table aaygraph.run_lists (
    tenant text not null,
    id text not null,
    lines integer not null,
    -- Null while it is being uploaded.
    completed_at timestamptz,
    is_upload boolean not null,
    expires_at timestamptz not null,
    primary key (tenant, id)
  );
  create index run_lists_expires_at on aaygraph.run_lists (expires_at);
  create table aaygraph.run_portions (
    tenant text not null,
    list_id text not null,
    -- The position of its first line.
    position integer not null,
    lines integer not null,
    sealed bytea not null,
    primary key (tenant, list_id, position),
    foreign key (tenant, list_id) references aaygraph.run_lists (tenant, id) on delete cascade
  );

  create table aaygraph.runs (
    tenant text not null,
    id text not null,
    list_id text not null,
    caller text not null,
    request_id text not null,
    key_digest bytea not null,
    request_digest bytea not null,
    sealed_reference bytea,
    state text not null,
    problem jsonb,
    most_paise bigint not null,
    max_age_ms bigint,
    -- Lines are counted, so that a person given twice counts twice.
    total integer not null,
    done integer not null default 0,
    found integer not null default 0,
    absent integer not null default 0,
    failed integer not null default 0,
    paise bigint not null default 0,
    -- Lines up to this position have rows of their own.
    unfolded integer not null default 0,
    -- The process that works on it.
    owner integer,
    claimed_at timestamptz,
    -- When it is worked on next. Null where nothing goes on by itself.
    due_at timestamptz,
    started_at timestamptz not null,
    finished_at timestamptz,
    paused_at timestamptz,
    paused_ms bigint not null default 0,
    expires_at timestamptz not null,
    primary key (tenant, id),
    unique (tenant, key_digest),
    foreign key (tenant, list_id) references aaygraph.run_lists (tenant, id)
  );
  create index runs_due_at on aaygraph.runs (due_at) where due_at is not null;
  create index runs_expires_at on aaygraph.runs (expires_at);
  create index runs_list on aaygraph.runs (tenant, list_id);

  -- One person of a run, asked about once however often the list names them.
  create table aaygraph.run_checks (
    tenant text not null,
    run_id text not null,
    subject_id uuid not null,
    position integer not null,
    lines integer not null,
    -- PENDING, ASKING or DONE.
    state text not null,
    attempts integer not null default 0,
    outcome text,
    -- The answer as it was given, under the subject's key. A failure has a problem and no answer.
    sealed_answer bytea,
    problem jsonb,
    primary key (tenant, run_id, subject_id),
    foreign key (tenant, run_id) references aaygraph.runs (tenant, id) on delete cascade,
    foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
  );
  create index run_checks_open on aaygraph.run_checks (tenant, run_id, position) where state <> 'DONE';
  create index run_checks_subject on aaygraph.run_checks (tenant, subject_id);
  create table aaygraph.run_lines (
    tenant text not null,
    run_id text not null,
    position integer not null,
    subject_id uuid not null,
    primary key (tenant, run_id, position),
    foreign key (tenant, run_id, subject_id) references aaygraph.run_checks (tenant, run_id, subject_id) on delete cascade
  );
  create index run_lines_check on aaygraph.run_lines (tenant, run_id, subject_id);

  -- The file of a run is about many people, and of no one year.
  alter table aaygraph.document_deliveries
    alter column subject_id drop not null,
    alter column income_year drop not null;
`;
