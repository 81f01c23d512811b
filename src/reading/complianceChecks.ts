import { type Answer, type ComplianceStatus, failed } from "../domain";
import { asFault, type Clock, type Events, Fault } from "../kernel";
import type { BackgroundAccess, ConnectedProvider, Provider } from "../providers";
import { createAnswerFromStore, judge } from "./answerFromStore";
import { paiseOf } from "./budget";
import type { Flights, StoredTaxpayer, TaxpayerStore } from "./ports";
import { toStored } from "./storedAnswer";

type ComplianceAnswer = Answer<ComplianceStatus>;

/** Who answers compliance by the PAN alone, and at what price. */
interface ComplianceSource {
  readonly provider: Provider;
  readonly paise: number;
  /** How many are asked at once. */
  readonly atOnce: number;
}

/** Compliance of one taxpayer at a time, for work that no caller waits for. The worker itself counts what it costs. */
export interface ComplianceChecks {
  /** Throws PROVIDER_NOT_CONFIGURED where nobody is set up. */
  source(): ComplianceSource;
  /** Why nothing may be read of this taxpayer now, if so. */
  refusal(taxpayer: StoredTaxpayer): Fault | undefined;
  /** What can be said without a call: a stored answer that may be read, or why none may be. */
  held(taxpayer: StoredTaxpayer, maxAgeMs: number | undefined): ComplianceAnswer | undefined;
  /** Takes a call slot: 0, or in how many milliseconds one may be free. */
  takeSlot(): Promise<number>;
  /** The call that somebody makes for the same answer right now. */
  join(tenant: string, taxpayer: StoredTaxpayer, signal: AbortSignal): Promise<ComplianceAnswer> | undefined;
  /** Makes the call, and keeps its answer. Callers who ask the same meanwhile share it. */
  ask(tenant: string, taxpayer: StoredTaxpayer, signal: AbortSignal): Promise<ComplianceAnswer>;
}

interface CheckTools {
  readonly connected: readonly ConnectedProvider[];
  readonly store: Pick<TaxpayerStore, "keep">;
  readonly flights: Flights;
  readonly clock: Pick<Clock, "now">;
  readonly events: Events;
}

const document = "COMPLIANCE";

/** Two questions with one key share a call. */
export function flightKeyOf(
  tenant: string,
  taxpayer: Pick<StoredTaxpayer, "id">,
  provider: Pick<Provider, "id">,
): string {
  return `${tenant}|${taxpayer.id}|${provider.id}|${document}`;
}

export function createComplianceChecks({ connected, store, flights, clock, events }: CheckTools): ComplianceChecks {
  const answerFromStore = createAnswerFromStore(connected);

  function source(): ComplianceSource {
    const { provider, background } = asked();
    return { provider, paise: paiseOf(provider, 1), atOnce: background.atOnce };
  }

  function asked(): { readonly provider: Provider; readonly background: BackgroundAccess } {
    for (const { provider, background } of connected) {
      if (background && provider.documents.includes(document)) return { provider, background };
    }
    throw new Fault("PROVIDER_NOT_CONFIGURED", { hint: "No provider that checks compliance by PAN is set up." });
  }

  /** An answer that cannot be stored is still an answer, and it has been paid for. */
  async function call(tenant: string, taxpayer: StoredTaxpayer, signal: AbortSignal): Promise<ComplianceAnswer> {
    const { provider, background } = asked();
    const answer = await background.client.ask(document, taxpayer.pan, signal);
    if (answer.outcome === "FOUND" || answer.outcome === "ABSENT") {
      try {
        await store.keep(tenant, taxpayer.id, [toStored(document, provider, answer, clock.now())]);
      } catch (error) {
        events.emit("background failed", { what: "storing an answer", error });
      }
    }
    return answer;
  }

  return {
    source,

    refusal(taxpayer) {
      const judgement = judge({ taxpayer, document }, clock.now());
      return judgement.kind === "REFUSED" ? judgement.fault : undefined;
    },

    held(taxpayer, maxAgeMs) {
      const outcome = answerFromStore({ taxpayer, document, maxAgeMs }, clock.now());
      if (outcome.kind !== "ANSWERED") return undefined;
      const [answer] = outcome.answers;
      return answer?.outcome === "NOT_CONNECTED" ? undefined : (answer as ComplianceAnswer | undefined);
    },

    takeSlot: () => asked().background.takeSlot(),

    join(tenant, taxpayer, signal) {
      return flights.join<ComplianceAnswer>(flightKeyOf(tenant, taxpayer, source().provider), {
        askedAtMs: clock.now(),
        signal,
      });
    },

    async ask(tenant, taxpayer, signal) {
      const { provider } = source();
      const caller = { askedAtMs: clock.now(), signal };
      try {
        const key = flightKeyOf(tenant, taxpayer, provider);
        return await flights.start(key, caller, (callSignal) => call(tenant, taxpayer, callSignal));
      } catch (thrown) {
        const fault = asFault(thrown);
        if (fault.code === "INTERNAL") events.emit("fault masked", { requestId: undefined, error: thrown });
        return failed(provider.id, fault);
      }
    },
  };
}
