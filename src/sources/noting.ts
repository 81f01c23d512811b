import type { DocumentKind } from "../domain/answer";
import type { AuditRecord } from "../domain/auditRecord";
import type { Asker } from "./asker";
import type { GatherTools } from "./gatherTools";

/** What is to be told of answers besides the answers themselves. */
export interface Notes {
  readonly audited: readonly AuditRecord[];
  /** A document for each question that was answered from what is held. */
  readonly held: readonly DocumentKind[];
}

/** Writes down what was read and what was refused; nothing goes out before that. */
export function createNoting({ append, events }: Pick<GatherTools, "append" | "events">) {
  return async (asker: Asker, { audited, held }: Notes): Promise<void> => {
    asker.cost.heldAnswers += held.length;
    const heldByDocument = Map.groupBy(held, (document) => document);
    for (const [document, { length: count }] of heldByDocument) events.emit("answers held", { document, count });
    if (audited.length > 0) await append(asker.tenant, audited);
  };
}
