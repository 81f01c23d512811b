import type { CallLimit } from "../providers/provider";

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
