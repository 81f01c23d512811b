import { failed } from "../domain/answer";
import type { ConsentRecord } from "../domain/consentRecord";
import { Fault } from "../kernel/fault";
import type { ConnectedProvider } from "../providers/connectedProvider";
import type { Asker } from "./asker";
import { createAskProvider } from "./askProvider";
import { chooseProvider } from "./chooseProvider";
import type { GatherTools } from "./gatherTools";
import { heldFor } from "./held";
import { permissionFor } from "./permission";
import { keyOf, type Question, type Telling, type Told } from "./question";

export type Gather = (asker: Asker, questions: readonly Question[]) => Promise<ReadonlyMap<string, Told>>;

/** Answers each distinct question once, from what is held or with one upstream call, and never beyond a consent. */
export function createGather(tools: GatherTools): Gather {
  const { connected, append, clock, events } = tools;
  const askProvider = createAskProvider(tools);

  async function tell(asker: Asker, question: Question): Promise<Told> {
    if (question.taxpayer.erased) return [refused(question, new Fault("ERASED"))];
    const { provider, client } = sourceOf(question);
    const held = heldFor(question, clock.now(), provider.login === "NONE" ? provider.id : undefined);
    if (held.length > 0) {
      asker.cost.heldAnswers += 1;
      events.emit("answer held", { document: question.document });
      return held;
    }
    return client?.needs === "PAN" ? [await askProvider(asker, question, provider, client)] : [notConnected(question)];
  }

  /** The provider that would bring it, if the taxpayer logged in. */
  function notConnected(question: Question): Telling {
    const { provider, client } = sourceOf(question);
    return client === undefined
      ? refused(question, new Fault("PROVIDER_NOT_CONFIGURED", { provider: provider.id }))
      : { outcome: "NOT_CONNECTED", provider: provider.id };
  }

  function refused(question: Question, fault: Fault): Telling {
    return failed(sourceOf(question).provider.id, fault);
  }

  function sourceOf({ document }: Question): ConnectedProvider {
    const source = chooseProvider(connected, document);
    if (source === undefined) throw new Fault("INTERNAL", { note: `nobody carries ${document}` });
    return source;
  }

  async function answer(asker: Asker, question: Question, records: ConsentRecord[]): Promise<Told> {
    const permission = permissionFor(question, clock.now());
    switch (permission.is) {
      case "GRANTED": {
        const told = await tell(asker, question);
        const isUse = told.some(({ outcome }) => outcome === "FOUND");
        if (permission.record && isUse) records.push(permission.record);
        return told;
      }
      case "NOT_ASKED_FOR":
        return [notConnected(question)];
      case "REFUSED":
        records.push(permission.record);
        return [refused(question, permission.fault)];
    }
  }

  return async (asker, questions) => {
    const strictestByKey = new Map<string, Question>();
    for (const question of questions) {
      const known = strictestByKey.get(keyOf(question));
      const isStricter = (question.maxAgeMs ?? Infinity) < (known?.maxAgeMs ?? Infinity);
      if (known === undefined || isStricter) strictestByKey.set(keyOf(question), question);
    }
    const records: ConsentRecord[] = [];
    const entries = [...strictestByKey].map(
      async ([key, question]) => [key, await answer(asker, question, records)] as const,
    );
    const told = new Map(await Promise.all(entries));
    await append(asker.tenant, records);
    return told;
  };
}
