import type { ProviderId } from "../domain";
import { faultRegister, type Clock, type Events } from "../kernel";
import type { HealthMinute, HealthSpan, ProviderHealthStore } from "./ports";

/** What all processes have seen of a provider's calls in one span of time. */
export interface SeenOfProvider {
  readonly atMs: number;
  readonly calls: number;
  readonly successRate: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const minuteMs = 60_000;
const writeEveryMs = 10_000;
const shortestMs = 10;
/** Each step of the scale ends at 1.5 times the one before it: 10 ms, 15 ms, … two minutes. */
const growth = 1.5;
const steps = 24;

/** Collects how calls went, and writes it in batches: no call waits for it, and a store that is away costs a gap only. */
export function recordProviderHealth(
  store: Pick<ProviderHealthStore, "add">,
  {
    clock,
    events,
    providers,
  }: { readonly clock: Clock; readonly events: Events; readonly providers: readonly string[] },
): { stop(): Promise<void> } {
  let collected = new Map<string, HealthMinute & { failed: number; readonly buckets: number[] }>();
  const known = new Set(providers);

  events.on("upstream called", ({ provider, outcome, durationMs }) => {
    if (!known.has(provider)) return;
    const atMs = Math.floor(clock.now() / minuteMs) * minuteMs;
    const key = `${provider} ${atMs}`;
    const minute = collected.get(key) ?? { provider, atMs, failed: 0, buckets: emptyBuckets() };
    collected.set(key, minute);
    const step = stepOf(durationMs);
    minute.buckets[step] = (minute.buckets[step] ?? 0) + 1;
    // A provider that names a mistake of the caller or the taxpayer has answered.
    if (outcome !== "OK" && !["CALLER", "TAXPAYER"].includes(faultRegister[outcome].blame)) minute.failed += 1;
  });

  async function write(): Promise<void> {
    const minutes = [...collected.values()];
    collected = new Map();
    if (minutes.length > 0) await store.add(minutes).catch(() => undefined);
  }

  let cancel: (() => void) | undefined;
  let isStopped = false;
  const writeLater = () => {
    cancel = clock.after(writeEveryMs, () => {
      void write().then(() => {
        if (!isStopped) writeLater();
      });
    });
  };
  writeLater();
  return {
    async stop() {
      isStopped = true;
      cancel?.();
      await write();
    },
  };
}

/** The last so many hours of each provider, oldest first. Spans without a call are left out. */
export async function readProviderHealth(
  store: Pick<ProviderHealthStore, "spans">,
  { sinceMs, spanMs }: { readonly sinceMs: number; readonly spanMs: number },
): Promise<ReadonlyMap<ProviderId, readonly SeenOfProvider[]>> {
  const spans = await store.spans(sinceMs, spanMs);
  const byProvider = Map.groupBy(spans, ({ provider }) => provider);
  return new Map([...byProvider].map(([provider, own]) => [provider, own.map(summaryOf)]));
}

function summaryOf({ atMs, failed, buckets }: HealthSpan): SeenOfProvider {
  const calls = buckets.reduce((sum, each) => sum + each, 0);
  return {
    ...{ atMs, calls, successRate: (calls - failed) / calls },
    ...{ p50Ms: quantileOf(buckets, calls * 0.5), p95Ms: quantileOf(buckets, calls * 0.95) },
  };
}

/** Within a step the calls are taken to lie evenly. */
function quantileOf(buckets: readonly number[], rank: number): number {
  let before = 0;
  for (const [step, calls] of buckets.entries()) {
    if (calls > 0 && before + calls >= rank) {
      const from = step === 0 ? 0 : endOf(step - 1);
      return Math.round(from + (endOf(step) - from) * ((rank - before) / calls));
    }
    before += calls;
  }
  return endOf(steps - 1);
}

function stepOf(durationMs: number): number {
  const step = Math.ceil(Math.log(Math.max(durationMs, 1) / shortestMs) / Math.log(growth));
  return Math.min(steps - 1, Math.max(0, step));
}

function endOf(step: number): number {
  return shortestMs * growth ** step;
}

function emptyBuckets(): number[] {
  return Array.from({ length: steps }, () => 0);
}
