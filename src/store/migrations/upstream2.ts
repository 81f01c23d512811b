export const upstream = `
  create table aaygraph.shared_secrets (
    name text primary key,
    sealed bytea not null,
    master_key_id text not null,
    expires_at timestamptz not null
  );
  create table aaygraph.calls (
    account text not null,
    made_at bigint not null,
    counts_until bigint not null
  );
  create index calls_account_made_at on aaygraph.calls (account, made_at);
  -- Within the windows, the next call comes a window after the n-th latest. What is set down as made further off than
  -- anybody waits was set down by a clock that has been put back since, and does not count.
  create function aaygraph.take_call_slot(
    asked_account text, now_ms bigint, most_wait_ms bigint, windows_ms bigint[], most_calls integer[]
  ) returns bigint language sql volatile as $$
    select pg_advisory_xact_lock(4711003, hashtext(asked_account));
    with slot as (
      select greatest(now_ms, max((
        select made_at + w.ms from aaygraph.calls
        where account = asked_account and made_at <= now_ms + most_wait_ms
        order by made_at desc offset w.most - 1 limit 1
      ))) as at
      from unnest(windows_ms, most_calls) as w (ms, most)
    ), taken as (
      insert into aaygraph.calls (account, made_at, counts_until)
      select asked_account, at, at + (select max(ms) from unnest(windows_ms) as ms) from slot
      where at <= now_ms + most_wait_ms
    )
    select at from slot;
  $$;
`;
