import { setTimeout as wait } from "node:timers/promises";
import { startCluster, type Cluster } from "./cluster";
import { faults } from "./faults";
import { violationsLeft, violationsSeen, type Evidence, type Violations } from "./invariants";
import { startLoad } from "./load";
import { startPooler } from "./pooler";
import { openWorkshop } from "./programs";
import { createReport } from "./report";
import { startServices, type Services } from "./services";
import { openStandIns, type StandIns } from "./standIns";
import { watchLife, watchStore } from "./watchers";

/** An asynchronous store loses what it has acknowledged, so that with it these tests must fail. */
const isSynchronous = process.env.CLUSTER_STORE !== "async";

/** `transaction`: PgBouncer stands between the services and the leader. */
const hasPooler = process.env.CLUSTER_POOLER === "transaction";

const warmUpMs = 5_000;
/** How long the load goes on once the fault is over. */
const coolDownMs = 5_000;
/** How long it may take, once the fault is over, until all is well. */
const mendingMs = 30_000;

const report = createReport();
const opened = new AsyncDisposableStack();
const beganAtMs = Date.now();
let cluster: Cluster;
let standIns: StandIns;
let services: Services;

beforeAll(async () => {
  const workshop = opened.use(openWorkshop());
  cluster = await startCluster(workshop, { isSynchronous });
  standIns = opened.use(await openStandIns());
  const storePort = hasPooler ? await startPooler(workshop, cluster.port) : cluster.port;
  services = opened.use(await startServices(workshop, standIns, cluster.port, storePort));
});

afterAll(async () => {
  process.stdout.write(`\n${report.print()}\n${Math.round((Date.now() - beganAtMs) / 1_000)} s in all\n\n`);
  await opened.disposeAsync();
});

/** Callers ask as they always do, the fault happens, and then all is counted. */
async function suffer(name: string, play: (typeof faults)[string]): Promise<Violations> {
  await cluster.whole();
  const store = await watchStore(cluster.port);
  const life = await watchLife(services.all);
  const load = startLoad(services, standIns);
  await wait(warmUpMs);
  const faultAtMs = Date.now();
  const { killed, repair } = await play({ cluster, services });
  await store.isBack();
  const backAtMs = Date.now();
  await wait(coolDownMs);
  repair?.();
  await load.stop(mendingMs - coolDownMs);
  const endedAtMs = Date.now();
  await Promise.all([store.end(), life.end()]);
  const parts = { load, store, life, standIns, services: services.all, storePort: cluster.port };
  const evidence: Evidence = { ...parts, faultAtMs, endedAtMs, killed };
  const left = await violationsOnceMended(evidence, backAtMs + mendingMs);
  const violations = { ...left, ...violationsSeen(evidence) };
  report.add(name, evidence, violations);
  return violations;
}

async function violationsOnceMended(evidence: Evidence, untilMs: number): Promise<Violations> {
  for (;;) {
    const left = await violationsLeft(evidence);
    if (Object.keys(left).length === 0 || Date.now() > untilMs) return left;
    await wait(1_000);
  }
}

describe(`on a store that replicates ${isSynchronous ? "synchronously" : "asynchronously"}`, () => {
  it.each(Object.entries(faults))("nothing is lost by this: %s", async (name, play) => {
    expect(await suffer(name, play)).toEqual({});
  });

  it("the audit trail is whole in the end", async () => {
    const { status, output } = await services.command("audit", "verify");
    expect(output).toMatch(/^lender: \d+ records/);
    expect(status).toBe(0);
  });
});
