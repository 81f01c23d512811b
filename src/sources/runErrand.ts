import { asFault, Fault } from "../kernel/fault";
import { unlessAborted } from "../kernel/abort";
import type { Asker } from "./asker";
import type { Errand } from "./errands";
import type { GatherTools } from "./gatherTools";
import { createSpending } from "./spending";

export type RunErrand = (asker: Asker, errand: Errand) => Promise<"LOOK_AGAIN" | { readonly fault: Fault | undefined }>;

/** Has one login bring something, within the budget and at the asker's cost. Its own reading goes on when they leave. */
export function createRunErrand({ logins, connected, events, limits }: GatherTools): RunErrand {
  const spending = createSpending(limits);

  return async ({ tenant, cost, signal }, { login, consent, documents, incomeYears, calls }) => {
    const { sessionId, version, provider: id } = login;
    const provider = connected.find((each) => each.provider.id === id)?.provider;
    try {
      if (provider === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider: id });
      spending.spend(cost, provider, calls);
      const wanted = { tenant, sessionId, version, consentId: consent.id, documents, incomeYears };
      const outcome = await unlessAborted(logins.bringMore(wanted), signal);
      if (outcome === "LOOK_AGAIN") {
        cost.sharedFlights += 1;
        events.emit("flight shared", { provider: id });
      }
      if (outcome === "LOOK_AGAIN" || isRefusal(outcome.fault)) spending.refund(cost, provider, calls);
      return outcome;
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL" && !signal.aborted) {
        events.emit("fault masked", { requestId: undefined, error: thrown });
      }
      return { fault };
    }
  };
}

/** For want of consent nobody has been called. */
function isRefusal(fault: Fault | undefined): boolean {
  return fault?.code.startsWith("CONSENT_") === true;
}
