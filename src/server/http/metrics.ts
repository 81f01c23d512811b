import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
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
  const masked = counter("aaygraph_faults_masked_total", "Errors of our own that callers saw as INTERNAL.", []);

  function counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers });
  }

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
  events.on("logout ended", ({ provider, outcome }) => {
    logouts.inc({ provider, outcome });
  });
  events.on("fault masked", () => {
    masked.inc();
  });
  return registry;
}
