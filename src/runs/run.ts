import { absent, type Answer, type AuditedCaller, type ComplianceStatus, failed, found, unsupported } from "../domain";
import type { Provenance } from "../domain";
import { Fault } from "../kernel";
import { faultOf, type Problem, toProblem } from "../sessions";

export const runStates = ["RUNNING", "PAUSED", "FINISHED", "CANCELLED"] as const;
export type RunState = (typeof runStates)[number];

/** The state machine: from which states each state is reached. */
export const statesBefore: Readonly<Record<RunState, readonly RunState[]>> = {
  RUNNING: ["PAUSED"],
  PAUSED: ["RUNNING", "PAUSED"],
  FINISHED: ["RUNNING", "PAUSED"],
  CANCELLED: ["RUNNING", "PAUSED"],
};

/** A compliance check of many PANs. It counts lines: a person who is given twice counts twice. */
export interface Run {
  readonly id: string;
  readonly tenant: string;
  /** The request that started it. */
  readonly by: AuditedCaller;
  readonly state: RunState;
  /** Why it is paused. */
  readonly problem: Problem | undefined;
  readonly reference: string | undefined;
  readonly mostPaise: number;
  /** Stored answers up to this age serve. Undefined: those that have not expired. */
  readonly maxAgeMs: number | undefined;
  readonly total: number;
  readonly done: number;
  readonly found: number;
  readonly absent: number;
  readonly failed: number;
  readonly paise: number;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | undefined;
  readonly pausedAtMs: number | undefined;
  /** How long its earlier pauses took together. */
  readonly pausedMs: number;
}

/** What came of one person of a run. */
export type CheckAnswer = Answer<ComplianceStatus>;

export function isOver({ state }: Pick<Run, "state">): boolean {
  return state === "FINISHED" || state === "CANCELLED";
}

/** By the pace so far, pauses left out. Undefined while there is none, or while nothing moves. */
export function estimatedFinishOf(
  { state, total, done, startedAtMs, pausedMs }: Run,
  nowMs: number,
): number | undefined {
  if (state !== "RUNNING" || done === 0) return undefined;
  const workedMs = Math.max(0, nowMs - startedAtMs - pausedMs);
  return nowMs + Math.round((workedMs / done) * Math.max(0, total - done));
}

/** An answer as the store keeps it. */
export interface KeptAnswer {
  readonly outcome: "FOUND" | "ABSENT" | "UNSUPPORTED" | "FAILED";
  /** JSON in domain words, sealed under the taxpayer's own key. */
  readonly body?: unknown;
  /** Why it has failed. */
  readonly problem?: Problem | undefined;
}

interface KeptBody {
  readonly value?: ComplianceStatus;
  readonly provenance?: Provenance;
  readonly provider?: string;
}

export function toKept(answer: CheckAnswer): KeptAnswer {
  const { outcome } = answer;
  switch (outcome) {
    case "FOUND":
      return { outcome, body: { value: answer.value, provenance: answer.provenance } satisfies KeptBody };
    case "ABSENT": {
      const body: KeptBody = { provenance: answer.provenance };
      return { outcome, body, problem: answer.fault && toProblem(answer.fault) };
    }
    case "UNSUPPORTED":
      return { outcome, body: { provider: answer.provider } satisfies KeptBody };
    case "FAILED":
      return { outcome, problem: { provider: answer.provider, ...toProblem(answer.fault) } };
  }
}

export function fromKept({ outcome, body, problem }: KeptAnswer): CheckAnswer {
  const { value, provenance, provider = problem?.provider ?? "" } = (body ?? {}) as KeptBody;
  const fault = problem && faultOf(problem);
  if (outcome === "FOUND" && value && provenance) return found(value, provenance);
  if (outcome === "ABSENT" && provenance) return absent(provenance, fault);
  if (outcome === "UNSUPPORTED") return unsupported(provider);
  return failed(provider, fault ?? new Fault("INTERNAL", { note: "an answer of a run cannot be read" }));
}
