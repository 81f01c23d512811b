import type { DocumentKind } from "../domain/answer";
import type { Asker } from "./asker";
import type { GatherTools } from "./gatherTools";

/** Counts what was answered from what is held: a document for each question. */
export function createNoteHeld({ events }: Pick<GatherTools, "events">) {
  return ({ cost }: Asker, held: readonly DocumentKind[]): void => {
    cost.heldAnswers += held.length;
    const heldByDocument = Map.groupBy(held, (document) => document);
    for (const [document, { length: count }] of heldByDocument) events.emit("answers held", { document, count });
  };
}
