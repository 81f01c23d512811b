import {
  AggregatorRegistry,
  type Aggregator,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from "prom-client";
import type { Events } from "../../kernel";

/** Counts what happens. Labels come from closed lists only: never from what a caller sent. */
export function createMetrics(events: Events): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const operations = new Histogram({
    name: "aaygraph_operation_seconds",
    help: "How long GraphQL operations took.",
    labelNames: ["kind"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers,
  });
  const faults = counter("aaygraph_faults_total", "Faults answered to callers.", ["code"]);
  const upstream = new Histogram({
    name: "aaygraph_upstream_seconds",
    help: "How long calls to providers took.",
    labelNames: ["provider", "operation", "outcome"],
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30],
    registers,
  });
  const unknown = counter("aaygraph_unknown_fields_total", "Fields that providers sent and no contract knows.", [
    "provider",
  ]);
  const shared = counter("aaygraph_flights_shared_total", "Questions that joined a call already under way.", [
    "provider",
  ]);
  const held = counter("aaygraph_answers_held_total", "Questions answered from what is held.", ["document"]);
  const changes = counter("aaygraph_session_changes_total", "Changes of sessions, by what they came to.", [
    "provider",
    "state",
    "code",
  ]);
  const logouts = counter("aaygraph_logouts_total", "Logouts at providers: sent, or given up.", [
    "provider",
    "outcome",
  ]);
  const away = new Gauge({
    ...{ name: "aaygraph_store_away", help: "1 while the database is away.", registers },
    aggregator: "max",
  });
  const outages = counter("aaygraph_store_outages_total", "How often the database was away.", []);
  const appends = new Histogram({
    name: "aaygraph_audit_append_seconds",
    help: "How long it took to commit audit records, which answers wait for.",
    buckets: [0.002, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const setBack = new Gauge({
    ...{ name: "aaygraph_audit_set_back", help: "Tenants whose audit trail was set back.", registers },
    aggregator: "max",
  });
  const linkChanges = counter("aaygraph_link_changes_total", "Changes of links, by the state they came to.", [
    "state",
    "code",
  ]);
  const webhookAttempts = counter("aaygraph_webhook_attempts_total", "Attempts to deliver an event.", ["outcome"]);
  const masked = counter("aaygraph_faults_masked_total", "Errors of our own that callers saw as INTERNAL.", []);

  function counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers });
  }

  events.on("webhook attempted", ({ outcome }) => {
    webhookAttempts.inc({ outcome });
  });
  events.on("operation ended", ({ kind, durationMs, faults: codes }) => {
    operations.observe({ kind }, durationMs / 1_000);
    for (const code of codes) faults.inc({ code });
  });
  events.on("request refused", ({ code }) => {
    faults.inc({ code });
  });
  events.on("upstream called", ({ provider, operation, outcome, durationMs }) => {
    upstream.observe({ provider, operation, outcome }, durationMs / 1_000);
  });
  events.on("fields unknown", ({ provider, count }) => {
    unknown.inc({ provider }, count);
  });
  events.on("flight shared", ({ provider }) => {
    shared.inc({ provider });
  });
  events.on("answers held", ({ document, count }) => {
    held.inc({ document }, count);
  });
  events.on("session changed", ({ provider, state, code = "" }) => {
    changes.inc({ provider, state, code });
  });
  events.on("link changed", ({ state, code = "" }) => {
    linkChanges.inc({ state, code });
  });
  events.on("logout ended", ({ provider, outcome }) => {
    logouts.inc({ provider, outcome });
  });
  events.on("fault masked", () => {
    masked.inc();
  });
  events.on("store away", () => {
    away.set(1);
    outages.inc();
  });
  events.on("store back", () => {
    away.set(0);
  });
  events.on("audit set back", ({ isOver }) => {
    setBack.inc(isOver ? -1 : 1);
  });
  events.on("audit appended", ({ durationMs }) => {
    appends.observe(durationMs / 1_000);
  });
  return registry;
}

/** What an operator watches of the store. Times are in seconds. */
interface StoreFigures {
  readonly connections: Readonly<Record<"inUse" | "idle" | "waiting", number>>;
  readonly isListening: boolean;
  readonly isReplicated: boolean;
  /** Undefined while the database does not answer. */
  readonly database:
    | {
        readonly processes: number;
        readonly sweepAge: number;
        readonly oldestDue: number;
        readonly jobsByQueue: Readonly<Record<string, number>>;
      }
    | undefined;
}

/** Gauges of the store, read when they are asked for. Those of the database are missing while it does not answer. */
export function watchStore(registry: Registry, readFigures: () => Promise<StoreFigures>): void {
  let reading: Promise<StoreFigures> | undefined;
  /** All gauges of one look share the figures. */
  const figures = () => (reading ??= readFigures().finally(() => (reading = undefined)));

  function gauge<Label extends string>(
    name: string,
    help: string,
    [labelNames, aggregator]: [labels: Label[], ofWorkers: Aggregator],
    show: (figures: StoreFigures, gauge: Gauge<Label>) => void,
  ): void {
    const shown = new Gauge({
      ...{ name, help, labelNames, aggregator, registers: [registry] },
      async collect() {
        const now = await figures();
        this.reset();
        show(now, shown);
      },
    });
  }

  gauge(
    "aaygraph_store_connections",
    "The pool: in use, idle, and what waits for one.",
    [["state"], "sum"],
    (now, pool) => {
      for (const [state, count] of Object.entries(now.connections)) pool.set({ state }, count);
    },
  );
  gauge(
    "aaygraph_store_listening",
    "1 while notifications of other processes are heard.",
    [[], "min"],
    (now, listening) => {
      listening.set(Number(now.isListening));
    },
  );
  gauge("aaygraph_store_replicated", "1 while a synchronous standby is seen.", [[], "min"], (now, replicated) => {
    replicated.set(Number(now.isReplicated));
  });
  gauge("aaygraph_processes", "Processes that have beaten within seconds.", [[], "max"], ({ database }, processes) => {
    if (database) processes.set(database.processes);
  });
  gauge("aaygraph_sweep_age_seconds", "Since the last sweep of any process.", [[], "max"], ({ database }, age) => {
    if (database) age.set(database.sweepAge);
  });
  gauge("aaygraph_session_overdue_seconds", "How late the latest session is.", [[], "max"], ({ database }, overdue) => {
    if (database) overdue.set(database.oldestDue);
  });
  gauge("aaygraph_jobs_due", "Jobs that are due and not begun.", [["queue"], "max"], ({ database }, jobs) => {
    for (const [queue, count] of Object.entries(database?.jobsByQueue ?? {})) jobs.set({ queue }, count);
  });
}

/** What one process has counted, as it travels to another. */
export type Figures = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

/** Counts of a process that has ended: what is counted together must not go down. */
export function countsIn(figures: Figures): Figures {
  return figures.filter(({ type }) => String(type) === "counter" || String(type) === "histogram");
}

/** The counts of several processes as one: sums, and of each gauge what its `aggregator` says. */
export function joinFigures(all: readonly Figures[]): Registry {
  return AggregatorRegistry.aggregate([...all]);
}
