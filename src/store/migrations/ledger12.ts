export const ledger = `
  -- What each tenant has spent at each vendor on each Indian day. The row without a vendor is the day's sum.
  create table aaygraph.ledger (
    tenant text not null,
    day date not null,
    provider text not null,
    calls integer not null,
    logins integer not null,
    paise bigint not null,
    primary key (tenant, day, provider)
  );
`;
