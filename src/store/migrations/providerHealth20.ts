export const providerHealth = `
  -- What each process has seen of each vendor in each minute; added up when it is read.
  create table aaygraph.provider_health (
    minute timestamptz not null,
    provider text not null,
    owner integer not null,
    calls integer not null,
    answered integer not null,
    breaker text not null,
    -- How many calls took how long: a bucket of the histogram, and its count.
    buckets smallint[] not null,
    counts integer[] not null,
    primary key (minute, provider, owner)
  );
`;
