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
/** How long the load goes on once the fault is over: longer than a service may take to notice. */
const coolDownMs = 8_000;
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
  const stop = async (patienceMs: number) => {
    await load.stop(patienceMs);
    await Promise.all([store.end(), life.end()]);
  };
  try {
    await wait(warmUpMs);
    const faultAtMs = Date.now();
    const { killed, repair } = await play({ cluster, services });
    await store.isBack();
    const mendedByMs = Date.now() + mendingMs;
    await wait(coolDownMs);
    repair?.();
    const steadyUntilMs = Date.now();
    await stop(mendingMs - coolDownMs);
    const watched = { load, store, life, standIns, services: services.all, storePort: cluster.port };
    const evidence: Evidence = { ...watched, faultAtMs, steadyUntilMs, endedAtMs: Date.now(), killed };
    const left = await violationsOnceMended(evidence, mendedByMs);
    const violations = { ...left, ...violationsSeen(evidence) };
    report.add(name, evidence, violations);
    return violations;
  } finally {
    await stop(0);
  }
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
