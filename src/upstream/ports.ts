import type { Secret } from "../kernel";
import type { CallLimit } from "../providers";

export interface SharedValue {
  readonly secret: Secret;
  readonly expiresAtMs: number;
}

/** Secrets that all processes share, sealed. The upstream layer owns this port; the store implements it. */
export interface SecretStore {
  /** The one kept under this name if it is good beyond `goodAtMs`, else a new one: one process makes it, the others wait. */
  obtain(name: string, goodAtMs: number, make: () => Promise<SharedValue>): Promise<SharedValue>;
  /** Forgets it, unless another one has taken its place. */
  discard(name: string, refused: Secret): Promise<void>;
}

export interface SlotWish {
  readonly nowMs: number;
  readonly limits: readonly CallLimit[];
  readonly mostWaitMs: number;
}

/** The calls that all processes together have made to one account at a vendor. The limiter owns this port; the store implements it. */
export interface CallSlotStore {
  /** When the next call may be made. It counts as made then, unless that is later than the wish can wait. */
  take(account: string, wish: SlotWish): Promise<number>;
}
