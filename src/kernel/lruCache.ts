import { LRUCache } from "lru-cache";
import type { Clock } from "./clock";

export interface LruLimits {
  readonly max: number;
  readonly maxSize: number;
  /** An entry that is not read for this long is removed. */
  readonly ttlMs: number;
}

interface LruOptions<Value> extends LruLimits {
  readonly sizeOf: (value: Value) => number;
  readonly onRemoved?: (value: Value) => void;
}

/**
 * An LRU cache on our own clock. Entries that are too old are removed without a read: they may hold decrypted personal
 * data, and may not stay in memory for longer than their time to live.
 */
export function createLruCache<Value extends object | string>(
  { max, maxSize, ttlMs, sizeOf, onRemoved }: LruOptions<Value>,
  clock: Clock,
): LRUCache<string, Value> {
  let isPurging = false;

  function purge(): void {
    cache.purgeStale();
    isPurging = cache.size > 0;
    if (isPurging) clock.after(ttlMs + 1, purge);
  }

  const cache = new LRUCache<string, Value>({
    max,
    maxSize,
    ttl: ttlMs,
    ttlResolution: 0,
    updateAgeOnGet: true,
    perf: clock,
    // The library takes no size below 1.
    sizeCalculation: (value) => Math.max(1, sizeOf(value)),
    onInsert() {
      if (!isPurging) clock.after(ttlMs + 1, purge);
      isPurging = true;
    },
    ...(onRemoved && { dispose: onRemoved }),
  });
  return cache;
}
