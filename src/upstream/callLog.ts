import type { Clock } from "../kernel/clock";
import type { OperationHealth } from "../providers/provider";

const windowMs = 5 * 60_000;
const mostCallsKept = 1_000;

export interface CallLog {
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
