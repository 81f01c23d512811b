import type { Database, Queries } from "./database";
import { StoreUnavailable } from "./storeUnavailable";

const migrationLock = 4_711_002;

/** Forward only: a migration that has been released is never edited, a new one is added after it. */
const migrations: readonly string[] = [
  `create table aaygraph.keyring (
     purpose text primary key,
     sealed bytea not null,
     master_key_id text not null
   );
   create table aaygraph.subjects (
     tenant text not null,
     id uuid not null,
     lookup bytea not null,
     sealed_key bytea,
     master_key_id text,
     sealed_pan bytea,
     created_at timestamptz not null,
     erased_at timestamptz,
     primary key (tenant, id),
     unique (tenant, lookup),
     check (erased_at is not null or (sealed_key is not null and master_key_id is not null and sealed_pan is not null))
   );
   create table aaygraph.answers (
     tenant text not null,
     subject_id uuid not null,
     document text not null,
     provider text not null,
     period text not null,
     sealed_body bytea not null,
     shape integer not null,
     fetched_at timestamptz not null,
     expires_at timestamptz not null,
     primary key (tenant, subject_id, document, provider, period),
     foreign key (tenant, subject_id) references aaygraph.subjects (tenant, id)
   );
   create index answers_expires_at on aaygraph.answers (expires_at);`,
  `create table aaygraph.shared_secrets (
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
   $$;`,
];

/** Brings the tables up to this release. Processes that start together queue up, and each migration runs once. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.run("set local statement_timeout = 0");
    await queries.run("select pg_advisory_xact_lock($1)", [migrationLock]);
    const done = await lastMigration(queries);
    if (done > migrations.length) {
      throw new StoreUnavailable(
        `The database has migration ${done}, and this release knows ${migrations.length}: a newer release has been ` +
          "here. Start that release or a later one.",
      );
    }
    for (const [index, sql] of migrations.entries()) {
      if (index < done) continue;
      await queries.run(sql);
      await queries.run("insert into aaygraph.migrations (number) values ($1)", [index + 1]);
    }
  });
}

async function lastMigration(queries: Queries): Promise<number> {
  const { rows: known } = await queries.run("select where to_regclass('aaygraph.migrations') is not null");
  if (known.length === 0) {
    // "if not exists" still asks for the right to create, which a schema made by an administrator need not come with.
    const { rows: schema } = await queries.run("select where to_regnamespace('aaygraph') is not null");
    if (schema.length === 0) await queries.run("create schema aaygraph");
    await queries.run("create table aaygraph.migrations (number integer primary key)");
  }
  const { rows } = await queries.run<{ last: number | null }>("select max(number) as last from aaygraph.migrations");
  return rows[0]?.last ?? 0;
}
