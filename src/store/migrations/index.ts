/** Database migrations: the tables of the store, built release by release. */
import { setTimeout as wait } from "node:timers/promises";
import { asFault } from "../../kernel";
import type { Database, Queries } from "../database";
import { taxpayers } from "./taxpayers1";
import { upstream } from "./upstream2";
import { consents } from "./consents3";
import { sessions } from "./sessions4";
import { documents } from "./documents5";
import { subjectVersions } from "./subjectVersions6";
import { rateWindows } from "./rateWindows7";
import { files } from "./files8";
import { auditTrail } from "./auditTrail9";
import { tenantKeys } from "./tenantKeys10";
import { aadhaarChecks } from "./aadhaarChecks11";
import { ledger } from "./ledger12";
import { processes } from "./processes13";
import { askedAbout } from "./askedAbout14";
import { auditKeeping } from "./auditKeeping15";
import { compatibility } from "./compatibility16";
import { links } from "./links17";
import { events } from "./events18";
import { runs } from "./runs19";
import { providerHealth } from "./providerHealth20";
import { StoreUnavailable } from "../storeUnavailable";

const migrationLock = 4_711_002;
const isLong = { isLong: true };
/** A change that waits for a table has all later statements wait behind it. So it gives up, and comes again. */
const lockMs = 2_000;
const longestPauseMs = 5_000;
const mostTries = 60;
const lockNotAvailable = "55P03";

interface Migration {
  readonly sql: string;
  /** The oldest release that still works on these tables, by the number of its last migration. */
  readonly compatibleFrom: number;
}

const beforeTheFirstRelease = [
  taxpayers,
  upstream,
  consents,
  sessions,
  documents,
  subjectVersions,
  rateWindows,
  files,
  auditTrail,
  tenantKeys,
  aadhaarChecks,
  ledger,
  processes,
  askedAbout,
  auditKeeping,
];

/** Forward only: never edit a released migration, add a new one at the end. Expand first, contract a release later. */
export const migrations: readonly Migration[] = [
  ...beforeTheFirstRelease.map((sql, index) => ({ sql, compatibleFrom: index + 1 })),
  { sql: compatibility, compatibleFrom: 16 },
  { sql: links, compatibleFrom: 16 },
  { sql: events, compatibleFrom: 16 },
  { sql: runs, compatibleFrom: 16 },
  { sql: providerHealth, compatibleFrom: 16 },
];

/** Brings the tables up to this release. Processes that start at once wait for a lock, so each migration runs once. */
export async function migrate(database: Database, known: readonly Migration[] = migrations): Promise<void> {
  let next = 1;
  while (next <= known.length) next = await migrateOnce(database, known);
}

/** Applies the next migration in a transaction of its own. Returns the number of the one after it. */
async function migrateOnce(database: Database, known: readonly Migration[]): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction((queries) => applyNext(queries, known), isLong);
    } catch (error) {
      if ((asFault(error).context.cause as { code?: unknown } | undefined)?.code !== lockNotAvailable) throw error;
      if (tries === mostTries) {
        throw new StoreUnavailable(
          "The tables cannot be migrated: another connection holds a lock on one of them, and does not let go. Look for a " +
            "long transaction in pg_stat_activity.",
        );
      }
    }
    // Meanwhile those who waited behind this change go on.
    await wait(Math.min(longestPauseMs, 100 * 2 ** tries));
  }
}

async function applyNext(queries: Queries, known: readonly Migration[]): Promise<number> {
  // Without a limit: the process that has it may migrate a large table.
  await queries.run("select pg_advisory_xact_lock($1)", [migrationLock]);
  const { last, needs } = await schemaOf(queries);
  if (needs > known.length) {
    throw new StoreUnavailable(
      `The database has migration ${last}, which needs a release that knows migration ${needs}. This one knows ` +
        `${known.length}: a newer release has migrated it. Start that release or a later one.`,
    );
  }
  const number = last + 1;
  const migration = known[last];
  if (migration === undefined) return number;
  await queries.run(`set local lock_timeout = ${lockMs}`);
  await queries.run(migration.sql);
  // The column comes with the last of those before the first release.
  const isNoted = number > beforeTheFirstRelease.length;
  await queries.run(
    `insert into aaygraph.migrations (number${isNoted ? ", compatible_from" : ""}) values ($1${isNoted ? ", $2" : ""})`,
    isNoted ? [number, migration.compatibleFrom] : [number],
  );
  return number + 1;
}

interface Schema {
  readonly last: number;
  /** The last migration that a release must know to work on these tables. */
  readonly needs: number;
}

async function schemaOf(queries: Queries): Promise<Schema> {
  const { rows: found } = await queries.run("select where to_regclass('aaygraph.migrations') is not null");
  if (found.length === 0) {
    // "create schema if not exists" needs the right to create even when an administrator has made the schema.
    const { rows: schema } = await queries.run("select where to_regnamespace('aaygraph') is not null");
    if (schema.length === 0) await queries.run("create schema aaygraph");
    await queries.run("create table aaygraph.migrations (number integer primary key)");
  }
  // Read as JSON, since the column may not be there yet. A migration that says nothing needs a release that knows it.
  const { rows } = await queries.run<{ last: number | null; needs: number | null }>(
    `select max(number) as last, max(coalesce((to_jsonb(known) ->> 'compatible_from')::integer, number)) as needs
     from aaygraph.migrations known`,
  );
  return { last: rows[0]?.last ?? 0, needs: rows[0]?.needs ?? 0 };
}
