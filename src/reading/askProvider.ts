import { failed, type Answer } from "../domain";
import { asFault } from "../kernel";
import type { AnswerableKind, DocumentBodies, PanClient, Provider } from "../providers";
import type { Asker, GatherTools, Question } from "./question";
import { toKept } from "./storedAnswer";
import { createSpending } from "./budget";
import type { KeptAnswer } from "./ports";

type PanAnswer = Answer<DocumentBodies[AnswerableKind]>;
/** What is being asked of one provider about one taxpayer. */
type AskProvider = (asker: Asker, question: Question, provider: Provider, client: PanClient) => Promise<PanAnswer>;

const document: AnswerableKind = "COMPLIANCE";

/** Asks a provider that needs the PAN alone: one call for all who ask the same at the same time, within the budget. */
export function createAskProvider({ store, flights, clock, events, limits }: GatherTools): AskProvider {
  const spending = createSpending(limits);

  async function fetch(
    asker: Asker,
    { taxpayer }: Question,
    provider: Provider,
    client: PanClient,
  ): Promise<PanAnswer> {
    const key = `${asker.tenant}|${taxpayer.id}|${provider.id}|${document}`;
    const shared = flights.board<PanAnswer>(key, asker);
    if (shared) {
      asker.cost.sharedFlights += 1;
      events.emit("flight shared", { provider: provider.id });
      return shared;
    }
    spending.spend(asker.cost, provider, 1);
    return flights.depart(key, asker, async (signal) => {
      const answered = await client.ask(document, taxpayer.pan, signal);
      if (answered.outcome === "FOUND" || answered.outcome === "ABSENT") {
        await keep(asker.tenant, taxpayer.id, toKept(document, provider, answered, clock.now()));
      }
      return answered;
    });
  }

  /** An answer that cannot be kept is still an answer, and it has been paid for. */
  async function keep(tenant: string, taxpayerId: string, kept: KeptAnswer): Promise<void> {
    try {
      await store.keep(tenant, taxpayerId, [kept]);
    } catch (error) {
      events.emit("background failed", { what: "keeping an answer", error });
    }
  }

  return async (asker, question, provider, client) => {
    try {
      return await fetch(asker, question, provider, client);
    } catch (thrown) {
      const fault = asFault(thrown);
      const isOurDoing = fault.code === "INTERNAL" && !asker.signal.aborted;
      if (isOurDoing) events.emit("fault masked", { requestId: undefined, error: thrown });
      return failed(provider.id, fault);
    }
  };
}
