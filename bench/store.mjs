// A PostgreSQL for the service under measurement, with all taxpayers in it. It stands on the other processor.
import { createRequire } from "node:module";
import { join } from "node:path";
import { complianceOf, detailedFilingsOf, filingsOf, incomeYears, pans, statementsOf } from "./world.mjs";

const require = createRequire(import.meta.url);
const built = (path) => require(join(import.meta.dirname, "../dist/server", path));
const { startEmbedded } = built("store/postgres/embedded.js");
const { openDatabase } = built("store/database.js");
const { openStore } = built("store/store.js");
const { openKeyring } = built("store/keys/keyring.js");
const { masterKeysOf } = built("store/keys/masterKeys.js");
const { subjectForOpening } = built("store/taxpayers/subjects.js");
const { insertConsent } = built("store/taxpayers/consentRows.js");
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
// Many at a time: each write waits a quarter of a second for the other pool, as it would for another process.
for (let at = 0; at < pans.length; at += 100) await Promise.all(pans.slice(at, at + 100).map(keep));
await database.run("vacuum analyze");
await database.close();
await store[Symbol.asyncDispose]();
console.log(`listening ${server.url.reveal()}`);
process.once("SIGTERM", () => server.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);

async function keep(pan) {
  const consentId = `cn_${pan}`;
  const id = await database.transaction(async (queries) => {
    const subject = await subjectForOpening(queries, keyring, { tenant, pan, nowMs });
    const terms = {
      purpose: "CREDIT_UNDERWRITING",
      startsAtMs: nowMs - 1_000,
      expiresAtMs: nowMs + 30 * dayMs,
      dataLifeDays: 30,
    };
    const documents = ["FILINGS", ...(hasStatements ? ["TAX_CREDITS", "INFORMATION_STATEMENT"] : [])];
    const consent = { tenant, subjectId: subject.id, consentId, terms, documents, incomeYears, nowMs };
    await insertConsent(queries, subject.key, consent);
    return taxpayerIdOf(subject.id);
  });
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
