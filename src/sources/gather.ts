import type { DocumentKind } from "../domain/answer";
import type { Asker } from "./asker";
import { createAskProvider } from "./askProvider";
import type { GatherTools } from "./gatherTools";
import { createNoteHeld } from "./noteHeld";
import { keyOf, type Question, type Told } from "./question";
import { createSettle, type Settled } from "./settle";
import { createThroughLogins, type OpenQuestion } from "./throughLogins";

export type Gather = (asker: Asker, questions: readonly Question[]) => Promise<ReadonlyMap<string, Told>>;

/** Answers each distinct question once, from what is held or with one upstream call, and never beyond a consent. */
export function createGather(tools: GatherTools): Gather {
  const { connected, clock } = tools;
  const settle = createSettle(connected);
  const askProvider = createAskProvider(tools);
  const noteHeld = createNoteHeld(tools);
  const throughLogins = createThroughLogins(tools, settle);

  return async (asker, questions) => {
    const nowMs = clock.now();
    const toldByKey = new Map<string, Told>();
    const held: DocumentKind[] = [];
    const late: Promise<unknown>[] = [];
    const open: OpenQuestion[] = [];
    const take = (key: string, { document }: Question, { told, isHeld }: Settled) => {
      toldByKey.set(key, told);
      if (isHeld) held.push(document);
    };
    const bring = async (asked: readonly OpenQuestion[]) => {
      const settledByKey = await throughLogins(asker, asked);
      for (const { question } of asked) {
        const settled = settledByKey.get(keyOf(question));
        if (settled) take(keyOf(question), question, settled);
      }
    };
    for (const [key, question] of strictestOfEach(questions)) {
      const settled = settle(question, nowMs);
      if ("orElse" in settled) open.push({ question, orElse: settled.orElse });
      else if (settled.told !== undefined) take(key, question, settled);
      else {
        const { provider, client } = settled;
        late.push(askProvider(asker, question, provider, client).then((told) => toldByKey.set(key, [told])));
      }
    }
    if (open.length > 0) late.push(bring(open));
    await Promise.all(late);
    noteHeld(asker, held);
    return toldByKey;
  };
}

/** Of those who ask the same, the one who bears the least age is answered: that answer is good for all. */
function strictestOfEach(questions: readonly Question[]): ReadonlyMap<string, Question> {
  const strictestByKey = new Map<string, Question>();
  for (const question of questions) {
    const key = keyOf(question);
    const known = strictestByKey.get(key);
    const isStricter = (question.maxAgeMs ?? Infinity) < (known?.maxAgeMs ?? Infinity);
    if (known === undefined || isStricter) strictestByKey.set(key, question);
  }
  return strictestByKey;
}
