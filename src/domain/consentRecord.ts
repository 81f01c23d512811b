import type { FaultCode } from "../kernel";
import type { DocumentKind, ProviderId } from "./answer";
import type { IncomeYear } from "./taxPeriod";

export const consentRecordKinds = ["GRANTED", "USED", "REFUSED", "REVOKED", "EXPIRED", "ERASED"] as const;
export type ConsentRecordKind = (typeof consentRecordKinds)[number];

/** One line of what was done under a consent, or refused for want of it. It holds no personal data. */
export interface ConsentRecord {
  readonly kind: ConsentRecordKind;
  readonly atMs: number;
  /** Left out where a session was refused before anybody looked whose it would be. */
  readonly taxpayerId?: string | undefined;
  readonly consentId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly provider?: ProviderId | undefined;
  readonly documents?: readonly DocumentKind[] | undefined;
  readonly incomeYears?: readonly IncomeYear[] | undefined;
  /** Why it was refused. */
  readonly code?: FaultCode | undefined;
}
