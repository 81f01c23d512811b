import type { Answer, DocumentKind, ProviderId, IncomeYear, AuditedCaller } from "../domain";
import type { DocumentBodies, ConnectedProvider } from "../providers";
import type { Clock, Events, Limits } from "../kernel";
import type { Sessions } from "../sessions";
import type { Ledger, AppendAudit, FlightCaller, Flights, StoredTaxpayer, TaxpayerStore } from "./ports";

/** One document of one taxpayer: of one year, or of no year in particular; no older than the caller accepts. */
export interface Question {
  readonly taxpayer: StoredTaxpayer;
  readonly document: DocumentKind;
  readonly incomeYear?: IncomeYear | undefined;
  readonly maxAgeMs?: number | undefined;
}

/** No provider can be asked before the taxpayer logs in. This provider carries the document. */
export interface NotConnected {
  readonly outcome: "NOT_CONNECTED";
  readonly provider: ProviderId;
}

/** What one provider answers, or why it cannot. */
export type SourceAnswer = Answer<DocumentBodies[DocumentKind]> | NotConnected;

/** One answer for each provider that has one. The list is never empty: a gap has a reason, too. */
export type Answers = readonly SourceAnswer[];

/** A question without its taxpayer. */
export type WantedDocument = Omit<Question, "taxpayer">;

/** The documents that an operation needs of one taxpayer. */
export interface DocumentRequest {
  readonly taxpayer: StoredTaxpayer;
  readonly wanted: readonly WantedDocument[];
  /** The schema coordinates that need them, for the audit trail. */
  readonly fields: readonly string[];
}

/** A wanted document with its answers. */
export interface AnsweredDocument extends WantedDocument {
  readonly answers: Answers;
}

/** What a request comes to. The object is the same one as long as the answers are the same. */
export interface Documents {
  readonly taxpayer: StoredTaxpayer;
  readonly answered: readonly AnsweredDocument[];
}

interface Keyed extends Pick<Question, "document" | "incomeYear"> {
  readonly taxpayer: Pick<StoredTaxpayer, "id">;
}

/** Two questions with one key have one answer. */
export function keyOf({ taxpayer, document, incomeYear }: Keyed): string {
  return `${taxpayer.id}|${document}|${incomeYear ?? ""}`;
}

/** What one operation has spent so far. */
export interface Cost {
  upstreamCalls: number;
  portalLogins: number;
  paise: number;
  heldAnswers: number;
  sharedFlights: number;
}

/** The caller of one operation: when it asked, how long it waits, and what it has spent. */
export interface Asker extends FlightCaller {
  readonly tenant: string;
  readonly by: AuditedCaller;
  readonly cost: Cost;
}

/** What reading depends on. */
export interface ReadingTools {
  readonly store: TaxpayerStore;
  readonly connected: readonly ConnectedProvider[];
  readonly flights: Flights;
  readonly sessions: Pick<Sessions, "openLogins" | "readMore">;
  readonly append: AppendAudit;
  readonly ledger: Pick<Ledger, "claim">;
  readonly clock: Clock;
  readonly events: Events;
  /** What one operation may spend. */
  readonly limits: Pick<Limits, "upstreamCalls" | "rupees">;
}
