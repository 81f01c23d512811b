// A PostgreSQL for the service under measurement, with all taxpayers in it. It stands on the other processor.
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  complianceOf,
  detailedFilingsOf,
  filingsOf,
  incomeYears,
  panAt,
  pans,
  statementsOf,
  storedTaxpayers,
} from "./world.mjs";

const require = createRequire(import.meta.url);
const built = (path) => require(join(import.meta.dirname, "../dist/server", path));
const { startEmbedded } = built("store/postgres/embedded.js");
const { openDatabase } = built("store/database.js");
const { openStore } = built("store/store.js");
const { openKeyring } = built("store/keys/keyring.js");
const { masterKeysOf } = built("store/keys/masterKeys.js");
const { insertSubjects } = built("store/taxpayers/subjects.js");
const { localSecrets } = built("store/keys/localSecrets.js");
const { taxpayerIdOf } = built("domain/index.js");
const { createEvents } = built("kernel/events.js");
const { systemClock } = built("kernel/clock.js");

const tenant = "sandbox";
const dayMs = 86_400_000;
const dataDir = process.argv[2];
/** Insights compare returns with statements; the other worlds hold none. */
const hasStatements = process.env.STATEMENTS === "1";
const nowMs = Date.now();
const fetchedAt = new Date(nowMs).toISOString();

const server = await startEmbedded({ dataDir: join(dataDir, "database") });
const masterKey = localSecrets(dataDir).read("master-key");
const events = createEvents();
const store = await openStore({
  databaseUrl: server.url,
  dataDir,
  masterKey,
  oldMasterKeys: [],
  clock: systemClock,
  events,
});
const database = await openDatabase({ url: server.url, events });
const keyring = await openKeyring(database, masterKeysOf(masterKey, []));
await database.run(`create schema careful;
  create table careful.consents (tenant text, id text, pan text, purpose text, documents text[], starts_at timestamptz,
    expires_at timestamptz, revoked_at timestamptz, primary key (tenant, pan, id));
  create table careful.compliance (tenant text, pan text, body jsonb, fetched_at timestamptz, expires_at timestamptz,
    primary key (tenant, pan));
  create table careful.filings (tenant text, pan text, income_year integer, body jsonb, expires_at timestamptz,
    primary key (tenant, pan, income_year));
  create table careful.audit (id bigint generated always as identity primary key, tenant text, at timestamptz,
    caller text, request_id text, pans text[], documents text[])`);
const count = hasStatements ? pans.length : storedTaxpayers;
// Many at a time: each write waits a quarter of a second for the other pool, as it would for another process.
for (let at = 0; at < count; at += 1_000) {
  await keep(Array.from({ length: Math.min(1_000, count - at) }, (_, place) => panAt(at + place)));
}
await database.run("vacuum analyze");
await database.close();
await store[Symbol.asyncDispose]();
console.log(`listening ${server.url.reveal()}`);
process.once("SIGTERM", () => server.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);

/** In ours and in the tables of the careful peers. */
async function keep(people) {
  const subjects = await insertSubjects(database, keyring, { tenant, pans: people, nowMs });
  const documents = ["FILINGS", ...(hasStatements ? ["TAX_CREDITS", "INFORMATION_STATEMENT"] : [])];
  const [starts, ends] = [new Date(nowMs - 1_000), new Date(nowMs + 30 * dayMs)];
  const [ids, named] = [subjects.map(({ id }) => id), subjects.map(({ pan }) => pan)];
  await database.run(
    `insert into aaygraph.consents (tenant, id, subject_id, purpose, documents, income_years, starts_at, expires_at,
       data_life_days, granted_at, fetches)
     select $1, 'cn_' || pan, id, 'CREDIT_UNDERWRITING', $4, $5, $6, $7, 30, $8, 1
     from unnest($2::uuid[], $3::text[]) as new (id, pan)`,
    [tenant, ids, named, documents, incomeYears, starts, ends, new Date(nowMs)],
  );
  await database.run(
    `insert into careful.consents select $1, 'cn_' || pan, pan, 'CREDIT_UNDERWRITING', $3, $4, $5
     from unnest($2::text[]) as pan`,
    [tenant, named, documents, starts, ends],
  );
  await database.run(
    "insert into careful.compliance select $1, pan, body, $4, $5 from unnest($2::text[], $3::jsonb[]) as new (pan, body)",
    [tenant, named, named.map((pan) => JSON.stringify(complianceOf(pan))), starts, ends],
  );
  const filings = named.flatMap((pan) => filingsOf(pan).map((filing) => ({ pan, filing })));
  await database.run(
    `insert into careful.filings select $1, pan, year, body, $5
     from unnest($2::text[], $3::integer[], $4::jsonb[]) as new (pan, year, body)`,
    [
      ...[tenant, filings.map(({ pan }) => pan), filings.map(({ filing }) => filing.incomeYear)],
      ...[filings.map(({ filing }) => JSON.stringify(filing)), ends],
    ],
  );
  await Promise.all(subjects.map(({ id, pan }) => keepAnswers(taxpayerIdOf(id), pan)));
}

async function keepAnswers(id, pan) {
  const consentId = `cn_${pan}`;
  const filings = hasStatements ? detailedFilingsOf(pan) : filingsOf(pan);
  const life = { fetchedAtMs: nowMs, expiresAtMs: nowMs + dayMs };
  const provenance = { provider: "FINPASS", method: "PARSED", fetchedAt, session: "ss_bench" };
  await store.taxpayers.keep(tenant, id, [
    ...(hasStatements ? statementsOf(pan) : []).map(({ document, value }) => ({
      document,
      provider: "DEEPVUE",
      period: periodOf(value.incomeYear),
      body: { outcome: "FOUND", value, provenance: { ...provenance, provider: "DEEPVUE" } },
      consentId,
      ...life,
    })),
    ...filings.map((filing) => ({
      document: "FILINGS",
      provider: "FINPASS",
      period: periodOf(filing.incomeYear),
      body: { outcome: "FOUND", value: [filing], provenance },
      consentId,
      ...life,
    })),
    {
      document: "COMPLIANCE",
      provider: "EKO",
      period: "",
      body: {
        outcome: "FOUND",
        value: complianceOf(pan),
        provenance: { provider: "EKO", method: "REPORTED", fetchedAt },
      },
      consentId: undefined,
      ...life,
    },
  ]);
}

function periodOf(incomeYear) {
  return `${incomeYear}-${String(incomeYear + 1).slice(2)}`;
}
