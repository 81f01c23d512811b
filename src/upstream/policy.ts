import {
  type Clock,
  deadlineAfter,
  DeadlineExpired,
  type Events,
  Fault,
  type Blame,
  type FaultCode,
  noTracer,
  type Tracer,
} from "../kernel";
import type { Manner, Operation, OperationHealth } from "../providers";
import { createBreaker } from "./breaker";
import type { CallLimiter } from "./callLimiter";
import type { Places } from "./bulkhead";
import type { PortalWatch } from "./portalWatch";
import { createRetry, type RetryBudget } from "./retry";

const windowMs = 5 * 60_000;
const mostCallsKept = 1_000;

interface CallLog {
  record(durationMs: number, isSuccess: boolean): void;
  summary(): Omit<OperationHealth, "operation" | "breaker">;
}

export function createCallLog(clock: Clock): CallLog {
  const calls: { endedAtMs: number; durationMs: number; isSuccess: boolean }[] = [];
  return {
    record(durationMs, isSuccess) {
      calls.push({ endedAtMs: clock.now(), durationMs, isSuccess });
      if (calls.length > mostCallsKept) calls.shift();
    },
    summary() {
      const recent = calls.filter((call) => call.endedAtMs > clock.now() - windowMs);
      const durations = recent.map((call) => call.durationMs).sort((a, b) => a - b);
      const at = (share: number) => durations[Math.max(0, Math.ceil(durations.length * share) - 1)];
      const successes = recent.filter((call) => call.isSuccess).length;
      return {
        calls: recent.length,
        successRate: recent.length === 0 ? undefined : successes / recent.length,
        p50Ms: at(0.5),
        p95Ms: at(0.95),
      };
    },
  };
}

/** What all operations of one vendor have in common. */
export interface PolicySettings {
  readonly provider: string;
  readonly timeoutMs: number;
  readonly places: Places;
  readonly budget: RetryBudget;
  /** Of a vendor that logs in to the portal. */
  readonly portal: PortalWatch | undefined;
  /** Of a vendor that publishes limits. */
  readonly limiter: CallLimiter | undefined;
  readonly clock: Clock;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
  readonly random?: () => number;
}

export interface OperationUnderPolicy {
  readonly run: Operation;
  readonly health: () => OperationHealth;
}

/** A vendor that tells callers or taxpayers of their mistake has answered: that counts as a success of its own. */
const blamesThatCountAsAnswered: readonly Blame[] = ["CALLER", "TAXPAYER"];

/**
 * The policy of one vendor operation. Places in flight come before the deadline, so that it counts the vendor's time and
 * not the queue's, and before the breaker, so that those who waited find it as it is when their turn comes. Repeats and
 * waits for a call slot come outside of these, so that a pause holds no place.
 */
export function createOperation(
  operation: string,
  { repeat, portal: portalManner }: Manner,
  {
    provider,
    timeoutMs,
    places,
    budget,
    portal,
    limiter,
    clock,
    events,
    tracer = noTracer,
    random = Math.random,
  }: PolicySettings,
): OperationUnderPolicy {
  const traced = { kind: "VENDOR_CALL", name: `${provider} ${operation}` } as const;
  const breaker = createBreaker(provider, clock);
  const retry = createRetry({ clock, budget, patienceMs: timeoutMs, random });
  const log = createCallLog(clock);

  function notePortal(fault: Fault | undefined, answer: unknown): void {
    if (fault?.code === "PORTAL_UNAVAILABLE") portal?.failed(provider);
    // What blames the taxpayer is the portal's own word, by any call.
    else if (fault ? fault.blame === "TAXPAYER" : portalManner?.hasAnswered(answer)) portal?.answered(provider);
  }

  function record(fault: Fault | undefined, durationMs: number): void {
    const outcome: FaultCode | "OK" = fault?.code ?? "OK";
    const isAnswer = fault === undefined || blamesThatCountAsAnswered.includes(fault.blame);
    if (!fault?.context.isOurRefusal) log.record(durationMs, isAnswer);
    events.emit("upstream called", { provider, operation, outcome, durationMs });
  }

  async function call<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const startedAtMs = clock.now();
    using deadline = deadlineAfter(clock, timeoutMs, signal);
    try {
      const answer = await ask(deadline.signal);
      record(undefined, clock.now() - startedAtMs);
      notePortal(undefined, answer);
      return answer;
    } catch (thrown) {
      const isLate = deadline.signal.reason instanceof DeadlineExpired;
      const fault = isLate ? new Fault("PROVIDER_TIMEOUT", { provider, cause: thrown }) : thrown;
      if (fault instanceof Fault) {
        record(fault, clock.now() - startedAtMs);
        notePortal(fault, undefined);
      }
      throw fault;
    }
  }

  return {
    run(signal, ask) {
      budget.earn();
      const attempt = async () => {
        if (limiter) {
          breaker.refuseWhileOpen();
          await limiter(signal);
        }
        return places.hold(signal, () => {
          if (portalManner?.isAsked) portal?.refuseWhileDown(provider);
          return breaker.run(signal, () => tracer.span(traced, () => call(signal, ask)));
        });
      };
      return repeat === "SAFE" ? retry(signal, attempt) : attempt();
    },
    health: () => ({
      operation,
      breaker: portalManner?.isAsked && portal?.isDown() ? "OPEN" : breaker.state(),
      ...log.summary(),
    }),
  };
}
