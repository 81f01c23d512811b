import type { Word } from "./vocabulary";
import type { FaultCode } from "../kernel";
import type { DocumentKind, ProviderId } from "./answer";
import type { ConsentPurpose } from "./consent";
import type { IncomeYear } from "./taxPeriod";

/** The caller of one request, as its token names it. */
export interface AuditedCaller {
  readonly subject: string;
  readonly requestId: string;
}

/** One line of the audit trail: who did or read what, about which taxpayer. It holds no value, no PAN, no text of the caller. */
export interface AuditRecord {
  readonly kind: Word<"AuditRecordKind">;
  readonly atMs: number;
  /** Left out where the service acted by itself. */
  readonly by?: AuditedCaller | undefined;
  /** Several only if the same documents and fields were read of all of them. */
  readonly taxpayerIds?: readonly string[] | undefined;
  readonly sessionId?: string | undefined;
  readonly provider?: ProviderId | undefined;
  readonly consentIds?: readonly string[] | undefined;
  /** The digests of those consents' receipts. */
  readonly receipts?: readonly string[] | undefined;
  readonly purposes?: readonly ConsentPurpose[] | undefined;
  readonly documents?: readonly DocumentKind[] | undefined;
  readonly incomeYears?: readonly IncomeYear[] | undefined;
  /** Schema coordinates: "Taxpayer.filings". */
  readonly fields?: readonly string[] | undefined;
  /** Why it was refused, or what went wrong. */
  readonly code?: FaultCode | undefined;
}
