import { setTimeout as wait } from "node:timers/promises";
import { startCluster, type Cluster } from "./cluster";
import { outages, talliesOf, violationsLeft, violationsSeen, type Evidence, type Violations } from "./invariants";
import { startLoad } from "./load";
import { openWorkshop, type Workshop } from "./programs";
import { startServices, type Services } from "./services";
import { openStandIns, type StandIns } from "./standIns";
import { watchLife, watchStore } from "./watchers";

/** An asynchronous store loses what it has acknowledged: with it these tests must fail. */
const isSynchronous = process.env.CLUSTER_STORE !== "async";

const warmUpMs = 5_000;
/** How long the load goes on once the fault is over, and how long it may take until all is well. */
const coolDownMs = 5_000;
const mendingMs = 30_000;

let workshop: Workshop;
let cluster: Cluster;
let standIns: StandIns;
let services: Services;
const rows: string[][] = [];
const complaints: string[] = [];
let beganAtMs = 0;

beforeAll(async () => {
  beganAtMs = Date.now();
  workshop = openWorkshop();
  cluster = await startCluster(workshop, { isSynchronous });
  standIns = await openStandIns();
  services = await startServices(workshop, standIns, { storePort: cluster.port, listenPort: cluster.port });
});

afterAll(async () => {
  for (const opened of [services, standIns, workshop] as (AsyncDisposable | undefined)[]) {
    await opened?.[Symbol.asyncDispose]();
  }
  process.stdout.write(
    `\n${[tableOf(rows), ...complaints].join("\n\n")}\n${Math.round((Date.now() - beganAtMs) / 1_000)} s in all\n\n`,
  );
});

interface Fault {
  readonly name: string;
  /** Resolves once the fault is over. What is broken after it is repaired by `repair`, while the load goes on. */
  play(): Promise<{ killed?: Evidence["killed"] } | undefined>;
  repair?(): Promise<void> | void;
}

/** Ends a node as a power cut does, after its followers have heard nothing for a while. */
async function cutPower(): Promise<() => void> {
  const leader = await cluster.leader();
  const followers = cluster.nodes.filter((node) => node !== leader);
  for (const follower of followers) follower.freeze();
  await wait(2_000);
  leader.kill();
  for (const follower of followers) follower.thaw();
  return () => {
    leader.start();
  };
}

let repair = (): void => undefined;

const faults: readonly Fault[] = [
  {
    name: "kill -9 of the leader",
    async play() {
      repair = await cutPower();
      return undefined;
    },
    repair: () => {
      repair();
    },
  },
  {
    name: "leader frozen for 40 s",
    async play() {
      const leader = await cluster.leader();
      leader.freeze();
      await wait(40_000);
      leader.thaw();
      return undefined;
    },
  },
  {
    name: "planned switchover",
    async play() {
      await cluster.switchover();
      return undefined;
    },
  },
  {
    name: "kill -9 of a standby",
    async play() {
      const leader = await cluster.leader();
      const follower = await cluster.synchronousStandby(leader);
      follower.kill();
      repair = () => {
        follower.start();
      };
      await wait(10_000);
      return undefined;
    },
    repair: () => {
      repair();
    },
  },
  {
    name: "etcd without majority for 20 s",
    async play() {
      const lost = cluster.etcd.slice(0, 2);
      for (const member of lost) member.signal("SIGSTOP");
      await wait(20_000);
      for (const member of lost) member.signal("SIGCONT");
      return undefined;
    },
  },
  {
    name: "kill -9 of a service",
    async play() {
      const [service] = services.all;
      const killed = { service: 0, atMs: Date.now() };
      await service?.kill();
      await wait(5_000);
      await service?.start();
      return { killed };
    },
  },
  {
    name: "rolling restart of the services",
    async play() {
      for (const service of services.all) {
        expect(await service.stop()).toBe(true);
        await service.start();
        await wait(2_000);
      }
      return undefined;
    },
  },
  {
    name: "black-holed connections",
    async play() {
      for (const { wire, listenWire } of services.all) {
        wire.blackHole();
        listenWire.blackHole();
      }
      await wait(10_000);
      return undefined;
    },
  },
  {
    name: "LISTEN alone cut for 20 s",
    async play() {
      services.all[0]?.listenWire.cut();
      await wait(20_000);
      services.all[0]?.listenWire.mend();
      return undefined;
    },
  },
];

async function suffer({ name, play, repair: mend }: Fault): Promise<Violations> {
  await cluster.whole();
  const store = await watchStore(cluster.port);
  const life = await watchLife(services.all);
  const load = startLoad(services, standIns);
  await wait(warmUpMs);
  const faultAtMs = Date.now();
  const { killed } = (await play()) ?? {};
  await storeIsBack(store.writtenAtMs);
  const backAtMs = Date.now();
  await wait(coolDownMs);
  await mend?.();
  await load.stop(mendingMs - coolDownMs);
  const endedAtMs = Date.now();
  await Promise.all([store.end(), life.end()]);
  const evidence: Evidence = {
    ...{ storePort: cluster.port, standIns, services: services.all, load, store, life, faultAtMs, endedAtMs, killed },
  };
  const left = await whenMended(evidence, backAtMs + mendingMs);
  const violations = { ...left, ...violationsSeen(evidence) };
  rows.push(rowOf(name, evidence, violations));
  if (Object.keys(violations).length > 0) complaints.push(`${name}:\n${complaintsOf(evidence)}`);
  return violations;
}

async function storeIsBack(writtenAtMs: readonly number[]): Promise<void> {
  const before = writtenAtMs.length;
  while (writtenAtMs.length < before + 2) await wait(100);
}

async function whenMended(evidence: Evidence, untilMs: number): Promise<Violations> {
  for (;;) {
    const left = await violationsLeft(evidence);
    if (Object.keys(left).length === 0 || Date.now() > untilMs) return left;
    await wait(1_000);
  }
}

function rowOf(name: string, evidence: Evidence, violations: Violations): string[] {
  const { load, faultAtMs, endedAtMs, life } = evidence;
  const { storeMs, callersMs } = outages(evidence);
  const during = load.attempts.filter((attempt) => attempt.beganAtMs >= faultAtMs && attempt.outcome !== "OK");
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const slowest = Math.max(
    ...life.looks.filter(({ status }) => status === 200).map((look) => look.tookMs - look.lateMs),
  );
  const acknowledged = load.journeys.filter(({ sessionIds }) => sessionIds.size > 0).length;
  return [
    name,
    `${acknowledged} of ${load.journeys.length}`,
    seconds(storeMs),
    seconds(callersMs),
    String(Math.round(slowest)),
    seconds(endedAtMs - faultAtMs),
    Object.keys(violations).length === 0 ? "held" : Object.entries(violations).map(([what, cases]) => `${what} ×${cases.length}`).join("; "), // prettier-ignore
    talliesOf(during).join(", ") || "nothing",
  ];
}

function tableOf(lines: readonly string[][]): string {
  const header = ["fault", "sessions", "store away s", "callers s", "live ms", "took s", "invariants", "callers saw"];
  const all = [header, ...lines];
  const widths = header.map((_, at) => Math.max(...all.map((line) => line[at]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What the services have logged as wrong since the fault began: each kind of line, and how often. */
function complaintsOf({ services, faultAtMs }: Evidence): string {
  const lines = services.flatMap((service) =>
    service
      .log()
      .split("\n")
      .map((text) => ({ text, service: service.number })),
  );
  const kinds = lines.flatMap(({ text, service }) => {
    if (!text.startsWith("{")) return text === "" ? [] : [`service ${service}: ${text}`];
    const { level, time, msg, what, error, err } = JSON.parse(text) as Record<string, unknown>;
    const isWrong = Number(level) >= 40 && Date.parse(String(time)) >= faultAtMs;
    return isWrong
      ? [`service ${service}: ${[msg, what, JSON.stringify(error ?? err)].filter(Boolean).join(" | ")}`]
      : [];
  });
  return [...Map.groupBy(kinds, (kind) => kind.slice(0, 300))]
    .map(([kind, all]) => `  ×${all.length} ${kind}`)
    .join("\n");
}

describe(`on a store that replicates ${isSynchronous ? "synchronously" : "asynchronously"}`, () => {
  it.each(faults)("nothing is lost by this: $name", async (fault) => {
    expect(await suffer(fault)).toEqual({});
  });

  it("the audit trail is whole in the end", async () => {
    const { status, output } = await services.command("audit", "verify");
    expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/^lender: \d+ records/) });
  });
});
