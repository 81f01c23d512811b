import type { Secret } from "../kernel";
import type { CallLimit, HealthPeriod } from "../providers";

export interface SharedValue {
  readonly secret: Secret;
  readonly expiresAtMs: number;
}

/** Sealed secrets that all processes share. The store implements this port. */
export interface SecretStore {
  /** The stored secret if it is valid beyond `goodAtMs`. Otherwise one process makes a new one, and the others wait. */
  obtain(name: string, goodAtMs: number, make: () => Promise<SharedValue>): Promise<SharedValue>;
  /** Deletes the secret, unless another one has replaced it. */
  discard(name: string, refused: Secret): Promise<void>;
}

/** Counts the calls of all processes to one account at a vendor. The store implements this port. */
export interface CallSlotStore {
  /** The time of the next free slot. The slot is taken, unless it lies more than `mostWaitMs` ahead. */
  take(
    account: string,
    slot: { readonly nowMs: number; readonly limits: readonly CallLimit[]; readonly mostWaitMs: number },
  ): Promise<number>;
  /** How many slots lie within each of these windows, those ahead included. */
  taken(account: string, nowMs: number, windowsMs: readonly number[]): Promise<readonly number[]>;
}

/** What each process has seen of the vendors, minute by minute. The store implements this port. */
export interface HealthLog {
  /** Replaces what this process has written of the same vendors and minutes. */
  write(minutes: readonly HealthPeriod[]): Promise<void>;
}
