import type { Answer, DocumentKind, ProviderId } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import type { DocumentBodies } from "../providers/provider";
import type { KeptTaxpayer } from "./taxpayerStore";

/** A document of one taxpayer: of one year, or of no year in particular; no older than the asker can bear. */
export interface Question {
  readonly taxpayer: KeptTaxpayer;
  readonly document: DocumentKind;
  readonly incomeYear?: IncomeYear | undefined;
  readonly maxAgeMs?: number | undefined;
}

/** Nobody can be asked before the taxpayer has logged in; this provider would bring it then. */
export interface NotConnected {
  readonly outcome: "NOT_CONNECTED";
  readonly provider: ProviderId;
}

export type Telling = Answer<DocumentBodies[DocumentKind]> | NotConnected;

/** What each provider told that was asked or is held. There is always one: a gap has a reason, too. */
export type Told = readonly Telling[];

interface Keyed extends Pick<Question, "document" | "incomeYear"> {
  readonly taxpayer: Pick<KeptTaxpayer, "id">;
}

/** Two questions with one key have one answer. */
export function keyOf({ taxpayer, document, incomeYear }: Keyed): string {
  return `${taxpayer.id}|${document}|${incomeYear ?? ""}`;
}
