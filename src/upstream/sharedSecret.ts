import { asFault, type Clock, unlessAborted } from "../kernel";
import type { SharedSecret } from "../providers";
import type { SecretStore, SharedValue } from "./ports";

/** A secret is not used in its last minute: a call that sets out with it is to arrive with it. */
const marginMs = 60_000;

/** A secret of all processes, with a copy at hand. One obtains it for all callers of this process. */
export function createSharedSecret(
  name: string,
  make: () => Promise<SharedValue>,
  { store, clock }: { readonly store: SecretStore; readonly clock: Clock },
): SharedSecret {
  let atHand: SharedValue | undefined;
  let onItsWay: Promise<SharedValue> | undefined;

  function ownWhileStoreIsAway(thrown: unknown): Promise<SharedValue> {
    if (asFault(thrown).code !== "STORE_UNAVAILABLE") throw thrown;
    return make();
  }

  async function obtain(): Promise<SharedValue> {
    try {
      // While the store is away each process obtains its own: vendors let several be good at once.
      atHand = await store.obtain(name, clock.now() + marginMs, make).catch(ownWhileStoreIsAway);
      return atHand;
    } finally {
      onItsWay = undefined;
    }
  }

  return {
    async get(signal) {
      if (atHand !== undefined && atHand.expiresAtMs > clock.now() + marginMs) return atHand.secret;
      onItsWay ??= obtain();
      return (await unlessAborted(onItsWay, signal)).secret;
    },
    async renew(refused) {
      if (atHand?.secret.reveal() === refused.reveal()) atHand = undefined;
      await store.discard(name, refused).catch((thrown: unknown) => {
        if (asFault(thrown).code !== "STORE_UNAVAILABLE") throw thrown;
      });
    },
  };
}
