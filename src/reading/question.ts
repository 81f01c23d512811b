import type { Answer, DocumentKind, ProviderId, IncomeYear, AuditedCaller } from "../domain";
import type { DocumentBodies, ConnectedProvider } from "../providers";
import type { Clock, Events, Limits } from "../kernel";
import type { Append, Boarder, Flights, KeptTaxpayer, Logins, TaxpayerStore } from "./ports";

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

/** A document that is wanted, whoever's: of one year or of none in particular, no older than somebody can bear. */
export type Want = Omit<Question, "taxpayer">;

/** What is wanted of one taxpayer. */
export interface Wish {
  readonly taxpayer: KeptTaxpayer;
  readonly wants: readonly Want[];
  /** The schema coordinates for which it is wanted. */
  readonly fields: readonly string[];
}

/** What was told of one document: of one year, or of no year in particular. */
export interface Gathered extends Want {
  readonly told: Told;
}

/** All that was told of one taxpayer. It is the very same one where the very same answers were gathered before. */
export interface Gathering {
  readonly taxpayer: KeptTaxpayer;
  readonly gathered: readonly Gathered[];
}

interface Keyed extends Pick<Question, "document" | "incomeYear"> {
  readonly taxpayer: Pick<KeptTaxpayer, "id">;
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

/** Who asks: in whose name, since when, until when, and at whose cost. */
export interface Asker extends Boarder {
  readonly tenant: string;
  readonly by: AuditedCaller;
  readonly cost: Cost;
}

export interface GatherTools {
  readonly store: TaxpayerStore;
  readonly connected: readonly ConnectedProvider[];
  readonly flights: Flights;
  readonly logins: Logins;
  /** Writes down what was read under a consent, and what was refused. */
  readonly append: Append;
  readonly clock: Clock;
  readonly events: Events;
  /** What one operation may spend. */
  readonly limits: Pick<Limits, "upstreamCalls" | "rupees">;
}
