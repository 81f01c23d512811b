import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  TaskCancelledError,
  wrap,
} from "cockatiel";
import type { Clock } from "../kernel/clock";
import { deadlineAfter, DeadlineExpired } from "../kernel/deadline";
import type { Events } from "../kernel/events";
import { Fault, faultRegister, type Blame, type FaultCode } from "../kernel/fault";
import type { Operation, OperationHealth } from "../providers/provider";
import { createCallLog } from "./callLog";

export interface PolicySettings {
  readonly provider: string;
  readonly timeoutMs: number;
  readonly maxInFlight: number;
  readonly clock: Clock;
  readonly events: Events;
}

/** Only what is the vendor's or its source's own failure; a taxpayer's or a caller's mistake says nothing about them. */
const breakingCodes: readonly FaultCode[] = [
  "PROVIDER_UNAVAILABLE",
  "PROVIDER_TIMEOUT",
  "PROVIDER_BAD_RESPONSE",
  "PORTAL_UNAVAILABLE",
];
/** A vendor that tells callers or taxpayers of their mistake has answered: that counts as a success of its own. */
const blamesThatCountAsAnswered: readonly Blame[] = ["CALLER", "TAXPAYER"];
const failuresThatOpen = 5;
const restMs = 10_000;
const mostWaiting = 1_000;

/**
 * The policy of one vendor operation. Places in flight come first, so that the deadline counts the vendor's time and not
 * the queue's, and so that those who waited find the breaker as it is when their turn comes.
 */
export function createOperation(
  operation: string,
  { provider, timeoutMs, maxInFlight, clock, events }: PolicySettings,
): { run: Operation; health: () => OperationHealth } {
  const breaker = circuitBreaker(handleWhen(isBreaking), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failuresThatOpen),
  });
  const policy = wrap(bulkhead(maxInFlight, mostWaiting), breaker);
  const log = createCallLog(clock);

  async function call<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const startedAtMs = clock.now();
    const record = (outcome: FaultCode | "OK") => {
      const durationMs = clock.now() - startedAtMs;
      log.record(durationMs, outcome === "OK" || blamesThatCountAsAnswered.includes(faultRegister[outcome].blame));
      events.emit("upstream called", { provider, operation, outcome, durationMs });
    };
    using deadline = deadlineAfter(clock, timeoutMs, signal);
    try {
      const answer = await ask(deadline.signal);
      record("OK");
      return answer;
    } catch (thrown) {
      const isLate = deadline.signal.reason instanceof DeadlineExpired;
      const fault = isLate ? new Fault("PROVIDER_TIMEOUT", { provider, cause: thrown }) : thrown;
      if (fault instanceof Fault) record(fault.code);
      throw fault;
    }
  }

  return {
    async run(signal, ask) {
      try {
        return await policy.execute(() => call(signal, ask), signal);
      } catch (thrown) {
        // Whoever leaves the queue ends with a reason of their own, as whoever leaves a call does.
        if (thrown instanceof TaskCancelledError) signal.throwIfAborted();
        const isTurnedAway = thrown instanceof BrokenCircuitError || thrown instanceof BulkheadRejectedError;
        if (!isTurnedAway) throw thrown;
        throw new Fault("PROVIDER_UNAVAILABLE", { provider, retryAfterSeconds: restMs / 1_000, cause: thrown });
      }
    },
    health: () => ({ operation, breaker: stateNames[breaker.state], ...log.summary() }),
  };
}

const stateNames = {
  [CircuitState.Closed]: "CLOSED",
  [CircuitState.HalfOpen]: "HALF_OPEN",
  [CircuitState.Open]: "OPEN",
  [CircuitState.Isolated]: "OPEN",
} as const;

function isBreaking(thrown: unknown): boolean {
  return thrown instanceof Fault && breakingCodes.includes(thrown.code);
}
