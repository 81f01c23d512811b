export const providerHealth = `
  -- How each process saw each vendor's calls, minute by minute. Readers add the rows of all processes.
  create table aaygraph.provider_health (
    minute integer not null,
    provider text not null,
    process integer not null,
    failed integer not null,
    -- How many calls took how long: one number for each step of the scale.
    buckets integer[] not null,
    primary key (minute, provider, process)
  );
`;
