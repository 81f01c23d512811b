import type { Clock } from "./clock";

interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

export interface RecentLimits {
  readonly most: number;
  readonly mostSize: number;
  /** What nobody has used for so long is forgotten. */
  readonly lifeMs: number;
}

interface Kept<Value> {
  readonly value: Value;
  usedAtMs: number;
}

interface Place<Value> extends RecentLimits {
  readonly sizeOf: (value: Value) => number;
  readonly onForgotten?: (value: Value) => void;
}

/** Keeps what was used last, as much of it as fits. */
export function createRecent<Value>(place: Place<Value>, clock: Clock): Recent<Value> {
  const { most, mostSize, lifeMs, sizeOf, onForgotten } = place;
  // A map remembers the order in which its keys came: the first is the one that nobody has used for longest.
  const keptByKey = new Map<string, Kept<Value>>();
  let size = 0;
  let isWaiting = false;

  function forget(key: string): void {
    const kept = keptByKey.get(key);
    if (kept === undefined) return;
    keptByKey.delete(key);
    size -= sizeOf(kept.value);
    onForgotten?.(kept.value);
  }

  function forgetUnused(): void {
    for (const [key, { usedAtMs }] of keptByKey) {
      if (usedAtMs + lifeMs > clock.now()) break;
      forget(key);
    }
    isWaiting = keptByKey.size > 0;
    if (isWaiting) clock.after(lifeMs, forgetUnused);
  }

  return {
    get(key) {
      const kept = keptByKey.get(key);
      if (kept === undefined) return undefined;
      kept.usedAtMs = clock.now();
      keptByKey.delete(key);
      keptByKey.set(key, kept);
      return kept.value;
    },
    set(key, value) {
      forget(key);
      keptByKey.set(key, { value, usedAtMs: clock.now() });
      size += sizeOf(value);
      for (const oldest of keptByKey.keys()) {
        if (keptByKey.size <= most && size <= mostSize) break;
        forget(oldest);
      }
      if (!isWaiting) clock.after(lifeMs, forgetUnused);
      isWaiting = true;
    },
    delete: forget,
  };
}
