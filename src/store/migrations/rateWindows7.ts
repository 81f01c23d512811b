export const rateWindows = `
  -- What a crash takes away is a minute's count, so that nothing of it is worth a write-ahead log.
  create unlogged table aaygraph.rate_windows (
    tenant text not null,
    starts_at bigint not null,
    claimed bigint not null,
    primary key (tenant, starts_at)
  ) with (fillfactor = 70);
`;
