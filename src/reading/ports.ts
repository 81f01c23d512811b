import type {
  Word,
  AadhaarLink,
  AuditedCaller,
  CalendarDate,
  DocumentKind,
  ProviderId,
  Consent,
  ConsentPurpose,
  ConsentTerms,
  Pan,
  AuditRecord,
  IncomeYear,
} from "../domain";
import type { Fault, Secret } from "../kernel";
import type { HealthPeriod } from "../providers";
import type { Problem } from "../sessions";

/** A provider's answer as the store keeps it: JSON in domain words, sealed under the taxpayer's own key. */
export interface StoredAnswer {
  readonly document: DocumentKind;
  readonly provider: ProviderId;
  /** "2024-25" where the document belongs to a year, "" where it does not. */
  readonly period: string;
  readonly body: unknown;
  readonly fetchedAtMs: number;
  readonly expiresAtMs: number;
  /** The consent it was fetched under. A document that needs the PAN alone has none. */
  readonly consentId: string | undefined;
  /** The purpose of that consent. Each purpose has an answer of its own. Releases before left it out. */
  readonly purpose: ConsentPurpose | undefined;
}

/** A taxpayer of one tenant, with all that is stored. The object never changes: news make a new one. */
export interface StoredTaxpayer {
  /** Opaque. Each tenant has its own id for the same person. */
  readonly id: string;
  readonly pan: Pan;
  readonly erased: boolean;
  readonly answers: readonly StoredAnswer[];
  /** Those that have not ended, and the newest of those that have. */
  readonly consents: readonly Consent[];
}

/** The stored answers and consents of a tenant. Reading owns this port; the store implements it. */
export interface TaxpayerStore {
  /** Every PAN gets an entry: one statement for the known ones, one more for the new ones. */
  byPan(tenant: string, pans: readonly Pan[]): Promise<ReadonlyMap<Pan, StoredTaxpayer>>;
  /** Unknown ids and other tenants' ids are not in the map. */
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredTaxpayer | "ERASED">>;
  /** Stores nothing for an erased taxpayer, and nothing under a revoked consent. The session is the one that has read them. */
  keep(tenant: string, taxpayerId: string, answers: readonly StoredAnswer[], sessionId?: string): Promise<void>;
}

/** Names one file that came with an answer. */
export interface FileKey {
  readonly document: DocumentKind;
  readonly provider: ProviderId;
  readonly period: string;
  readonly purpose: ConsentPurpose | undefined;
  /** Unique among the files of one answer. */
  readonly name: string;
}

/** A file as the store keeps it. */
export interface StoredFile extends FileKey {
  readonly bytes: Buffer;
  readonly expiresAtMs: number;
  readonly consentId: string;
}

/** Files that came with answers, sealed under the taxpayer's own key. Reading owns this port; the store implements it. */
export interface FileStore {
  /** Stores nothing for an erased taxpayer, and nothing under a revoked consent. */
  keep(tenant: string, taxpayerId: string, files: readonly StoredFile[]): Promise<void>;
  /** Only the file that was fetched under this consent. */
  read(
    tenant: string,
    taxpayerId: string,
    file: FileKey & Pick<StoredFile, "consentId">,
    nowMs: number,
  ): Promise<Buffer | undefined>;
}

/** An audit record at its place in the trail. */
export interface StoredAuditRecord extends AuditRecord {
  /** Counts a tenant's records from 1. */
  readonly sequence: number;
}

/** One page of a tenant's audit trail. */
export interface AuditPage {
  readonly taxpayerId?: string | undefined;
  readonly kinds?: readonly Word<"AuditRecordKind">[] | undefined;
  readonly first: number;
  /** The page starts after this sequence. */
  readonly after?: number | undefined;
}

/** The append-only audit trail. Reading owns this port; the store implements it. */
export interface AuditStore {
  append(tenant: string, records: readonly AuditRecord[]): Promise<void>;
  /** Newest first. */
  records(
    tenant: string,
    page: AuditPage,
  ): Promise<{ readonly records: readonly StoredAuditRecord[]; readonly hasNext: boolean }>;
}

/** Appends to the audit trail. It returns when the records are durable. */
export type AppendAudit = (tenant: string, records: readonly AuditRecord[]) => Promise<void>;

/** The only caller for whom a link opens. */
export interface LinkReader {
  readonly tenant: string;
  readonly caller: string;
}

interface OpenedLink {
  /** The sealed text. */
  readonly place: string;
  /** Equal for every spelling of one link. */
  readonly digest: Buffer;
}

/** The record that a file is handed out. */
export interface Delivery {
  /** Left out for a file about many taxpayers. */
  readonly taxpayerId?: string | undefined;
  readonly provider: ProviderId;
  readonly incomeYear?: IncomeYear | undefined;
  readonly atMs: number;
}

/** How the transfer of a file ended. */
export type Ending =
  | { readonly outcome: "WHOLE"; readonly sha256: Buffer; readonly byteCount: number }
  /** The provider or the caller broke off. */
  | { readonly outcome: "BROKEN"; readonly byteCount: number };

/** Links to documents, and the record of their use. Reading owns this port; the store implements it. */
export interface DocumentLinkStore {
  /** The text reveals nothing. Every process of the store can open it. */
  seal(reader: LinkReader, place: string): string;
  /** Undefined for another caller's link, and for text that the store did not seal. */
  open(reader: LinkReader, token: string): OpenedLink | undefined;
  isUsed(tenant: string, digest: Buffer): Promise<boolean>;
  /**
   * Uses the link up and appends the audit record: both or neither. False when it has been used: of two uses at once, one
   * wins.
   */
  deliver(tenant: string, digest: Buffer, delivery: Delivery, record: AuditRecord): Promise<boolean>;
  /** Records how the transfer ended. */
  end(tenant: string, digest: Buffer, ending: Ending & { readonly atMs: number }): Promise<void>;
}

/** A caller that may share a call: since when it asks, and how long it waits. */
export interface FlightCaller {
  readonly askedAtMs: number;
  readonly signal: AbortSignal;
}

/** Single flight: callers who ask the same at the same time share one call. Upstream implements it. */
export interface Flights {
  /** Joins the call under way for this key, if this caller may share it. */
  join<T>(key: string, caller: FlightCaller): Promise<T> | undefined;
  start<T>(key: string, caller: FlightCaller, call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** A check of a PAN against an Aadhaar number that a caller asks for. */
export interface NewAadhaarCheck {
  readonly tenant: string;
  readonly by: AuditedCaller;
  readonly pan: Pan;
  readonly provider: ProviderId;
  readonly consent: ConsentTerms;
  readonly idempotencyKey: string;
  /** All that was asked, the number included. Only a keyed digest of it is kept. */
  readonly request: Secret;
  readonly nowMs: number;
}

/** A check that has been written down, with the consent that was granted for it. */
export interface CheckUnderConsent {
  readonly tenant: string;
  readonly taxpayerId: string;
  readonly consentId: string;
  /** Of the consent's receipt. Left out where there is none yet. */
  readonly receiptDigest?: string | undefined;
  readonly provider: ProviderId;
}

export type AadhaarCheckResult = { readonly link: AadhaarLink } | { readonly problem: Problem };

export type BegunAadhaarCheck =
  /** The consent is granted, and this request makes the call. */
  | { readonly outcome: "BEGUN"; readonly check: CheckUnderConsent }
  /** Another request with this key makes the call. */
  | { readonly outcome: "UNDER_WAY"; readonly begunAtMs: number }
  | { readonly outcome: "DONE"; readonly check: CheckUnderConsent; readonly result: AadhaarCheckResult }
  /** The consent has been revoked since, or the taxpayer erased. */
  | { readonly outcome: "REFUSED"; readonly check: CheckUnderConsent; readonly fault: Fault }
  /** This key was used for another request. */
  | { readonly outcome: "CONFLICT" };

/** Checks of Aadhaar numbers, each found by its idempotency key for a day. Reading owns this port; the store implements it. */
export interface AadhaarCheckStore {
  /** Grants the consent, counts its first fetch and audits the check; or finds the result of this key. */
  begin(check: NewAadhaarCheck): Promise<BegunAadhaarCheck>;
  /** Keeps nothing under a consent that has been revoked meanwhile. */
  finish(check: CheckUnderConsent, result: AadhaarCheckResult, nowMs: number): Promise<void>;
}

/** What is counted of calls to vendors. */
export interface Spending {
  readonly calls: number;
  readonly logins: number;
  readonly paise: number;
}

/** What a tenant has spent at one vendor on one Indian day. */
interface Usage extends Spending {
  readonly day: CalendarDate;
  readonly provider: ProviderId;
}

/** The vendors' health, as all processes have seen it. Reading owns this port; the store implements it. */
export interface HealthHistory {
  /** From then on, in periods of so many milliseconds, by vendor and time. Periods without anything to tell are left out. */
  periods(fromMs: number, periodMs: number): Promise<readonly HealthPeriod[]>;
}

/** Counts what each tenant spends, over all processes. Reading owns this port; the store implements it. */
export interface Ledger {
  /** Returns when it is durable. Throws RATE_LIMITED where the tenant's day would cost more than it may. */
  claim(tenant: string, provider: ProviderId, spending: Spending, nowMs: number): Promise<void>;
  /** By day, then by vendor. */
  usage(tenant: string, days: { readonly from: CalendarDate; readonly to: CalendarDate }): Promise<readonly Usage[]>;
}
