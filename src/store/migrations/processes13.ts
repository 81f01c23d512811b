export const processes = `
  -- The sign of life of each process, on this database's clock.
  create table aaygraph.processes (
    owner integer primary key,
    beat_at timestamptz not null,
    -- Since when it has beaten without a gap.
    steady_since timestamptz not null
  );

  -- Work of one process at a time. A turn that is not renewed passes to another process.
  create table aaygraph.turns (
    name text primary key,
    owner integer not null,
    until timestamptz not null,
    done_at timestamptz
  );

  -- A session that could not be worked on is left alone until then.
  alter table aaygraph.sessions add column set_back_until timestamptz;
`;
