import { errors } from "undici";
import { Fault } from "../kernel/fault";

/** What the road's own failures mean. An aborted signal throws its own reason, which is not the vendor's doing. */
export function roadFault(provider: string, thrown: unknown, signal: AbortSignal): unknown {
  if (thrown instanceof Fault || signal.aborted) return thrown;
  if (thrown instanceof errors.HeadersTimeoutError || thrown instanceof errors.BodyTimeoutError) {
    return new Fault("PROVIDER_TIMEOUT", { provider, cause: thrown });
  }
  if (thrown instanceof errors.HeadersOverflowError) {
    return new Fault("PROVIDER_BAD_RESPONSE", { provider, note: "the headers are too large", cause: thrown });
  }
  return new Fault("PROVIDER_UNAVAILABLE", { provider, cause: thrown });
}
