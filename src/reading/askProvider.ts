import { failed, type Answer } from "../domain";
import { asFault } from "../kernel";
import type { AnswerableKind, DocumentBodies, PanClient, Provider } from "../providers";
import type { Asker, Question, ReadingTools } from "./question";
import { answeredWithout, type Answered } from "./answerFromStore";
import { flightKeyOf } from "./complianceChecks";
import { toStored } from "./storedAnswer";
import type { Budget } from "./budget";
import type { StoredAnswer } from "./ports";

type PanAnswer = Answer<DocumentBodies[AnswerableKind]>;
type AskProvider = (asker: Asker, question: Question, provider: Provider, client: PanClient) => Promise<Answered>;

const document: AnswerableKind = "COMPLIANCE";

/** Asks a provider that needs the PAN alone. Callers who ask the same at the same time share one call. */
export function createAskProvider(
  { store, flights, clock, events }: Pick<ReadingTools, "store" | "flights" | "clock" | "events">,
  budget: Budget,
): AskProvider {
  async function fetch(
    asker: Asker,
    { taxpayer }: Question,
    provider: Provider,
    client: PanClient,
  ): Promise<PanAnswer> {
    const key = flightKeyOf(asker.tenant, taxpayer, provider);
    const shared = flights.join<PanAnswer>(key, asker);
    if (shared) {
      asker.cost.sharedFlights += 1;
      events.emit("flight shared", { provider: provider.id });
      return shared;
    }
    budget.spend(asker.cost, provider, 1);
    return flights.start(key, asker, async (signal) => {
      await budget.charge(asker, provider, 1);
      const answer = await client.ask(document, taxpayer.pan, signal);
      if (answer.outcome === "FOUND" || answer.outcome === "ABSENT") {
        await keep(asker.tenant, taxpayer.id, toStored(document, provider, answer, clock.now()));
      }
      return answer;
    });
  }

  /** An answer that cannot be stored is still an answer, and it has been paid for. */
  async function keep(tenant: string, taxpayerId: string, answer: StoredAnswer): Promise<void> {
    try {
      await store.keep(tenant, taxpayerId, [answer]);
    } catch (error) {
      events.emit("background failed", { what: "storing an answer", error });
    }
  }

  return async (asker, question, provider, client) => {
    try {
      return answeredWithout(await fetch(asker, question, provider, client));
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL" && !asker.signal.aborted) {
        events.emit("fault masked", { requestId: asker.by.requestId, error: thrown });
      }
      return answeredWithout(failed(provider.id, fault));
    }
  };
}
