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
import type { CallPolicy, Operation, OperationHealth } from "../providers";
import { createBreaker } from "./breaker";
import type { Bulkhead, Lane } from "./bulkhead";
import type { PortalWatch } from "./portalWatch";
import { createRetry, type RetryBudget } from "./retry";

const windowMs = 5 * 60_000;
const mostCallsKept = 1_000;

interface CallLog {
  record(durationMs: number, isSuccess: boolean): void;
  summary(): Omit<OperationHealth, "operation" | "breaker">;
}

function createCallLog(clock: Clock): CallLog {
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

/** What all operations of one vendor share. */
export interface PolicySettings {
  readonly provider: string;
  readonly timeoutMs: number;
  readonly bulkhead: Bulkhead;
  readonly budget: RetryBudget;
  /** Only of a vendor that logs in to the portal. */
  readonly portal: PortalWatch | undefined;
  /** Waits for a call slot. Only of a vendor that publishes limits. */
  readonly limiter: ((signal: AbortSignal) => Promise<void>) | undefined;
  readonly clock: Clock;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
  readonly random?: () => number;
}

interface OperationUnderPolicy {
  readonly run: Operation;
  /** For work that has taken its call slot already. It is tried once, and callers go first. */
  readonly runInBackground: Operation;
  readonly health: () => OperationHealth;
}

/** A vendor that reports a mistake of the caller or the taxpayer has answered, which is a success of the vendor. */
const blamesThatCountAsAnswered: readonly Blame[] = ["CALLER", "TAXPAYER"];

/**
 * The policy of one vendor operation, from the outside in: retry, call slot, bulkhead, breaker, deadline. So a pause holds
 * no place in the bulkhead, a queued call meets the breaker as it is then, and the deadline counts the vendor's time alone.
 */
export function createOperation(
  operation: string,
  { repeat, portal: portalPolicy }: CallPolicy,
  {
    provider,
    timeoutMs,
    bulkhead,
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

  function recordPortal(fault: Fault | undefined, answer: unknown): void {
    if (fault?.code === "PORTAL_UNAVAILABLE") portal?.failed(provider);
    // Only the portal blames the taxpayer, in any call.
    else if (fault ? fault.blame === "TAXPAYER" : portalPolicy?.hasAnswered(answer)) portal?.answered(provider);
  }

  function record(fault: Fault | undefined, durationMs: number): void {
    const outcome: FaultCode | "OK" = fault?.code ?? "OK";
    const isAnswer = fault === undefined || blamesThatCountAsAnswered.includes(fault.blame);
    if (!fault?.context.isOurRefusal) {
      log.record(durationMs, isAnswer);
      events.emit("call judged", { provider, hasAnswered: isAnswer, durationMs });
    }
    events.emit("upstream called", { provider, operation, outcome, durationMs });
  }

  async function call<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const startedAtMs = clock.now();
    using deadline = deadlineAfter(clock, timeoutMs, signal);
    try {
      const answer = await ask(deadline.signal);
      record(undefined, clock.now() - startedAtMs);
      recordPortal(undefined, answer);
      return answer;
    } catch (thrown) {
      const isLate = deadline.signal.reason instanceof DeadlineExpired;
      const fault = isLate ? new Fault("PROVIDER_TIMEOUT", { provider, cause: thrown }) : thrown;
      if (fault instanceof Fault) {
        record(fault, clock.now() - startedAtMs);
        recordPortal(fault, undefined);
      }
      throw fault;
    }
  }

  function inLane<T>(lane: Lane, ...[signal, ask]: Parameters<typeof call<T>>): Promise<T> {
    const guarded = () => {
      if (portalPolicy?.isAsked) portal?.refuseWhileDown(provider);
      return breaker.run(signal, () => tracer.span(traced, () => call(signal, ask)));
    };
    return bulkhead.run(signal, guarded, lane);
  }

  return {
    run(signal, ask) {
      budget.earn();
      const attempt = async () => {
        if (limiter) {
          breaker.refuseWhileOpen();
          await limiter(signal);
        }
        return inLane("CALLER", signal, ask);
      };
      return repeat === "SAFE" ? retry(signal, attempt) : attempt();
    },
    runInBackground: (signal, ask) => inLane("BACKGROUND", signal, ask),
    health: () => ({
      operation,
      breaker: portalPolicy?.isAsked && portal?.isDown() ? "OPEN" : breaker.state(),
      ...log.summary(),
    }),
  };
}
