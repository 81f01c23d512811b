import { asFault, type Clock, unlessAborted } from "../kernel";
import type { SharedSecret } from "../providers";
import type { SecretStore, SharedValue } from "./ports";

/** A secret is not used in its last minute, so that it does not expire during the call. */
const marginMs = 60_000;

/** A secret that all processes share, cached in this process. Concurrent callers share one request for it. */
export function createSharedSecret(
  name: string,
  make: () => Promise<SharedValue>,
  { store, clock }: { readonly store: SecretStore; readonly clock: Clock },
): SharedSecret {
  let cached: SharedValue | undefined;
  let pending: Promise<SharedValue> | undefined;

  function makeWithoutStore(thrown: unknown): Promise<SharedValue> {
    if (asFault(thrown).code !== "STORE_UNAVAILABLE") throw thrown;
    return make();
  }

  async function obtain(): Promise<SharedValue> {
    try {
      // Without the store each process makes its own secret: vendors accept several at once.
      cached = await store.obtain(name, clock.now() + marginMs, make).catch(makeWithoutStore);
      return cached;
    } finally {
      pending = undefined;
    }
  }

  return {
    async get(signal) {
      if (cached !== undefined && cached.expiresAtMs > clock.now() + marginMs) return cached.secret;
      pending ??= obtain();
      return (await unlessAborted(pending, signal)).secret;
    },
    async renew(refused) {
      if (cached?.secret.reveal() === refused.reveal()) cached = undefined;
      await store.discard(name, refused).catch((thrown: unknown) => {
        if (asFault(thrown).code !== "STORE_UNAVAILABLE") throw thrown;
      });
    },
  };
}
