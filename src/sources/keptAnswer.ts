import { absent, found, type Absent, type Answer, type Found, type Provenance } from "../domain/answer";
import { Fault, type FaultCode } from "../kernel/fault";
import type { AnswerableKind, DocumentBodies } from "../providers/documents";
import type { Provider } from "../providers/provider";
import type { KeptAnswer } from "./taxpayerStore";

/** The shape in which answers are kept. Only what a provider really said is kept: failures are forgotten. */
type KeptBody<T> =
  | { readonly outcome: "FOUND"; readonly value: T; readonly provenance: Provenance }
  | { readonly outcome: "ABSENT"; readonly provenance: Provenance; readonly faultCode?: FaultCode };

/** Nothing on record today may be something tomorrow, so that is believed for a shorter time. */
const absentTimeToLiveMs = 3_600_000;

export function toKept(
  document: AnswerableKind,
  provider: Provider,
  answer: Found<DocumentBodies[AnswerableKind]> | Absent,
  nowMs: number,
): KeptAnswer {
  const isFound = answer.outcome === "FOUND";
  const body: KeptBody<unknown> = isFound
    ? { outcome: "FOUND", value: answer.value, provenance: answer.provenance }
    : {
        outcome: "ABSENT",
        provenance: answer.provenance,
        ...(answer.fault === undefined ? {} : { faultCode: answer.fault.code }),
      };
  const timeToLiveMs = isFound ? provider.timeToLiveMs : Math.min(provider.timeToLiveMs, absentTimeToLiveMs);
  return { document, provider: provider.id, period: "", body, fetchedAtMs: nowMs, expiresAtMs: nowMs + timeToLiveMs };
}

export function fromKept<Kind extends AnswerableKind>(kept: KeptAnswer): Answer<DocumentBodies[Kind]> {
  const body = kept.body as KeptBody<DocumentBodies[Kind]>;
  if (body.outcome === "FOUND") return found(body.value, body.provenance);
  return absent(body.provenance, body.faultCode && new Fault(body.faultCode, { provider: kept.provider }));
}
