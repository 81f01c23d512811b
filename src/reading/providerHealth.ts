import type { ProviderId } from "../domain";
import { type Clock, quantileOf } from "../kernel";
import type { BreakerState } from "../providers";
import type { HealthHistory } from "./ports";

const minuteMs = 60_000;

/** How a vendor's calls went in a stretch of time. */
interface HealthSummary {
  readonly startsAtMs: number;
  readonly calls: number;
  readonly successRate: number | undefined;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly breaker: BreakerState;
}

/** So many periods of so many minutes, the last of which is going on. */
interface HealthStretch {
  readonly periods: number;
  readonly periodMinutes: number;
}

export type ReadHealth = (provider: ProviderId, stretch: HealthStretch) => Promise<readonly HealthSummary[]>;

/** Reads for one request: all vendors of one stretch are one question to the store. */
export function createReadHealth(history: HealthHistory, clock: Pick<Clock, "now">): ReadHealth {
  const asked = new Map<string, ReturnType<HealthHistory["periods"]>>();

  return async (provider, { periods, periodMinutes }) => {
    const periodMs = periodMinutes * minuteMs;
    const endsAtMs = (Math.floor(clock.now() / minuteMs) + 1) * minuteMs;
    const fromMs = endsAtMs - periods * periodMs;
    const name = `${fromMs} ${periodMs}`;
    const asking = asked.get(name) ?? history.periods(fromMs, periodMs);
    asked.set(name, asking);
    const own = (await asking).filter((period) => period.provider === provider);
    const periodByStart = new Map(own.map((period) => [period.startsAtMs, period]));
    return Array.from({ length: periods }, (_, place) => {
      const startsAtMs = fromMs + place * periodMs;
      const {
        calls = 0,
        answered = 0,
        breaker = "CLOSED",
        countByBucket = new Map(),
      } = periodByStart.get(startsAtMs) ?? {};
      const [p50Ms, p95Ms] = [quantileOf(countByBucket, 0.5), quantileOf(countByBucket, 0.95)];
      return { startsAtMs, calls, successRate: calls === 0 ? undefined : answered / calls, p50Ms, p95Ms, breaker };
    });
  };
}
