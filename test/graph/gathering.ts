import { absent, failed, found, type DocumentKind, type Provenance } from "../../src/domain/answer";
import type { Instant } from "../../src/domain/calendarDate";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { AnsweredDocument, AnswerAbout } from "../../src/graph/selection/gathered";
import { Fault, type FaultCode } from "../../src/kernel/fault";

export const taxpayerId = "tp_AAECAwQFBgcICQoLDA0ODw";

export function year(start: number): IncomeYear {
  return start as IncomeYear;
}

/** What was told of one document, of the year that starts then or of none in particular. */
export function gather<Kind extends DocumentKind>(
  document: Kind,
  start: number | undefined,
  ...reported: AnswerAbout<Kind>[]
) {
  const gathered: AnsweredDocument = {
    document,
    incomeYear: start === undefined ? undefined : year(start),
    answers: reported,
  };
  return gathered;
}

export function foundBy<Body>(provider: string, value: Body) {
  return found(value, provenanceOf(provider));
}

export function absentBy(provider: string) {
  return absent(provenanceOf(provider));
}

export function failedBy(provider: string, code: FaultCode) {
  return failed(provider, new Fault(code, { provider }));
}

export function notConnected(provider: string) {
  return { outcome: "NOT_CONNECTED", provider } as const;
}

function provenanceOf(provider: string): Provenance {
  return { provider, method: "REPORTED", fetchedAt: "2026-11-10T09:00:00.000Z" as Instant };
}
