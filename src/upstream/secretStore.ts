import type { Secret } from "../kernel/secret";

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
