import { outages, talliesOf, type Evidence, type Violations } from "./invariants";
import type { Service } from "./services";

const header = ["fault", "sessions", "store away s", "callers s", "live ms", "took s", "invariants", "callers saw"];

/** What was done × what callers saw × how long. */
export interface Report {
  add(fault: string, evidence: Evidence, violations: Violations): void;
  print(): string;
}

export function createReport(): Report {
  const rows: string[][] = [];
  const complaints: string[] = [];
  return {
    add(fault, evidence, violations) {
      rows.push(rowOf(fault, evidence, violations));
      if (Object.keys(violations).length === 0) return;
      complaints.push(`${fault}: what the services have logged as wrong`, ...complaintsIn(evidence));
    },
    print: () => [...tableOf([header, ...rows]), "", ...complaints].join("\n"),
  };
}

function rowOf(fault: string, evidence: Evidence, violations: Violations): string[] {
  const { load, faultAtMs, endedAtMs, life } = evidence;
  const { storeMs, callersMs } = outages(evidence);
  const during = load.attempts.filter((attempt) => attempt.beganAtMs >= faultAtMs && attempt.outcome !== "OK");
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const alive = life.looks.filter(({ status }) => status === 200);
  const slowestMs = Math.max(0, ...alive.map(({ tookMs }) => tookMs));
  const acknowledged = load.journeys.filter(({ sessionIds }) => sessionIds.size > 0).length;
  const broken = Object.entries(violations).map(([what, cases]) => `${what} ×${cases.length}`);
  return [
    fault,
    `${acknowledged} of ${load.journeys.length}`,
    seconds(storeMs),
    seconds(callersMs),
    slowestMs.toFixed(0),
    seconds(endedAtMs - faultAtMs),
    broken.join("; ") || "all held",
    talliesOf(during).join(", ") || "nothing",
  ];
}

function tableOf(lines: readonly string[][]): string[] {
  const widths = header.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Each kind of line since the fault began, and how often it was logged. */
function complaintsIn({ services, faultAtMs }: Evidence): string[] {
  const kinds = services.flatMap((service) => wrongLines(service, faultAtMs));
  return [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => `  ×${all.length} ${kind}`);
}

function wrongLines({ log, number }: Service, sinceMs: number): string[] {
  return log()
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      // What is no JSON is the end of a process that did not end in order.
      if (!line.startsWith("{")) return [`service ${number}: ${line}`];
      const { level, time, msg, ...facts } = JSON.parse(line) as Record<string, unknown>;
      const isWrong = Number(level) >= 40 && Date.parse(String(time)) >= sinceMs;
      return isWrong ? [`service ${number}: ${kindOf(String(msg), facts)}`] : [];
    });
}

/** The message, what it was about, and the places of ours where it came from. */
function kindOf(message: string, { what, code, error }: Readonly<Record<string, unknown>>): string {
  const { name, code: errorCode, at } = (error ?? {}) as { name?: string; code?: string; at?: readonly string[] };
  const ours = (at ?? []).flatMap((line) => /\bsrc\/\S+\d/.exec(line)?.[0] ?? []).slice(0, 3);
  const texts = [message, what, code, name, errorCode, ...ours].filter((part) => typeof part === "string");
  return texts.join(" ");
}
