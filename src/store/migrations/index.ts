/** Database migrations: the tables of the store, built release by release. */
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
import { links } from "./links17";
import { events } from "./events18";
import { runs } from "./runs19";
import { StoreUnavailable } from "../storeUnavailable";

const migrationLock = 4_711_002;
const isLong = { isLong: true };

/** Forward only: never edit a released migration, add a new one at the end. */
const migrations: readonly string[] = [
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
  links,
  events,
  runs,
];

/** Brings the tables up to this release. Processes that start at once wait for a lock, so each migration runs once. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.run("select pg_advisory_xact_lock($1)", [migrationLock]);
    const done = await lastMigration(queries);
    if (done > migrations.length) {
      throw new StoreUnavailable(
        `The database has migration ${done}, and this release knows ${migrations.length}: a newer release has ` +
          "migrated it. Start that release or a later one.",
      );
    }
    for (const [index, sql] of migrations.entries()) {
      if (index < done) continue;
      await queries.run(sql);
      await queries.run("insert into aaygraph.migrations (number) values ($1)", [index + 1]);
    }
  }, isLong);
}

async function lastMigration(queries: Queries): Promise<number> {
  const { rows: known } = await queries.run("select where to_regclass('aaygraph.migrations') is not null");
  if (known.length === 0) {
    // "create schema if not exists" needs the right to create even when an administrator has made the schema.
    const { rows: schema } = await queries.run("select where to_regnamespace('aaygraph') is not null");
    if (schema.length === 0) await queries.run("create schema aaygraph");
    await queries.run("create table aaygraph.migrations (number integer primary key)");
  }
  const { rows } = await queries.run<{ last: number | null }>("select max(number) as last from aaygraph.migrations");
  return rows[0]?.last ?? 0;
}
