import type { DocumentKind, ProviderId, Consent, Pan, AuditRecord, AuditRecordKind, IncomeYear } from "../domain";
import type { Fault } from "../kernel";
import type { OpenLogin } from "../sessions";

/** One answer as it is kept: plain JSON in domain words, sealed under the taxpayer's own key. */
export interface KeptAnswer {
  readonly document: DocumentKind;
  readonly provider: ProviderId;
  /** "2024-25" and the like where the document belongs to a year, "" where it does not. */
  readonly period: string;
  readonly body: unknown;
  readonly fetchedAtMs: number;
  readonly expiresAtMs: number;
  /** The consent under which it was fetched; what needs the PAN only needs none. */
  readonly consentId: string | undefined;
}

export interface KeptTaxpayer {
  /** Opaque, and different for each tenant that knows the same person. */
  readonly id: string;
  readonly pan: Pan;
  readonly erased: boolean;
  readonly answers: readonly KeptAnswer[];
  /** Those that have not lapsed, and the newest of those that have. */
  readonly consents: readonly Consent[];
}

/** What is held for a tenant. Sources own this port; the store implements it. */
export interface TaxpayerStore {
  /** Every PAN gets an entry: one statement for those known, one more for those met for the first time. */
  byPan(tenant: string, pans: readonly Pan[]): Promise<ReadonlyMap<Pan, KeptTaxpayer>>;
  /** Unknown ids, and other tenants' ids, are simply not in the map. */
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, KeptTaxpayer | "ERASED">>;
  /** Keeps nothing for a taxpayer erased meanwhile, nor under a consent that has been revoked. */
  keep(tenant: string, taxpayerId: string, answers: readonly KeptAnswer[]): Promise<void>;
}

/** Which file is meant, of those that came with an answer. */
export interface FileKey {
  readonly document: DocumentKind;
  readonly provider: ProviderId;
  readonly period: string;
  /** What tells it from others that came with the same answer. */
  readonly name: string;
}

export interface KeptFile extends FileKey {
  readonly bytes: Buffer;
  readonly expiresAtMs: number;
  readonly consentId: string;
}

/** Files that came with answers, sealed under the taxpayer's own key. Sources own this port; the store implements it. */
export interface FileStore {
  /** Keeps nothing for a taxpayer erased meanwhile, nor under a consent that has been revoked. */
  keep(tenant: string, taxpayerId: string, files: readonly KeptFile[]): Promise<void>;
  read(tenant: string, taxpayerId: string, file: FileKey, nowMs: number): Promise<Buffer | undefined>;
}

export interface KeptAuditRecord extends AuditRecord {
  /** Counts a tenant's records, from 1 on. */
  readonly sequence: number;
}

export interface AuditPage {
  readonly taxpayerId?: string | undefined;
  readonly kinds?: readonly AuditRecordKind[] | undefined;
  readonly first: number;
  /** The sequence after which to go on. */
  readonly after?: number | undefined;
}

/** Who saw and did what. Sources own this port; the store implements it. There is no way to change or remove. */
export interface AuditStore {
  append(tenant: string, records: readonly AuditRecord[]): Promise<void>;
  /** Newest first. */
  records(
    tenant: string,
    page: AuditPage,
  ): Promise<{ readonly records: readonly KeptAuditRecord[]; readonly hasNext: boolean }>;
}

/** Appends to the trail of who saw what, and under which consent. */
export type Append = (tenant: string, records: readonly AuditRecord[]) => Promise<void>;

/** For whom a link is made: it opens for nobody else. */
export interface LinkReader {
  readonly tenant: string;
  readonly caller: string;
}

interface OpenedLink {
  /** What was sealed. */
  readonly place: string;
  /** The same for each use of one link, however it is spelled. */
  readonly digest: Buffer;
}

/** What is handed out, and to whose account. */
export interface Delivery {
  readonly taxpayerId: string;
  readonly provider: ProviderId;
  readonly incomeYear: IncomeYear;
  readonly atMs: number;
}

/** What has become of a file that was handed out piece by piece. */
export type Ending =
  | { readonly outcome: "WHOLE"; readonly sha256: Buffer; readonly byteCount: number }
  /** The provider or the caller has left in the middle. */
  | { readonly outcome: "BROKEN"; readonly byteCount: number };

/** Links to documents, and what was handed out through them. Sources own this port; the store implements it. */
export interface DocumentLinkStore {
  /** Text that tells nothing to whoever has it. Every process of the store can open it. */
  seal(reader: LinkReader, place: string): string;
  /** Undefined where it was made for somebody else, or not by us. */
  open(reader: LinkReader, token: string): OpenedLink | undefined;
  isUsed(tenant: string, digest: Buffer): Promise<boolean>;
  /** Writes down what is about to be handed out, for good. False where the link has been used: of two uses one wins. */
  deliver(tenant: string, digest: Buffer, delivery: Delivery): Promise<boolean>;
  /** Writes down what became of it, for good. */
  end(tenant: string, digest: Buffer, ending: Ending & { readonly atMs: number }): Promise<void>;
}

/** One of those who ask the same: since when, and until when. */
export interface Boarder {
  readonly askedAtMs: number;
  readonly signal: AbortSignal;
}

/** Shares one call among all who ask the same at the same time. Upstream implements it. */
export interface Flights {
  /** Joins the call under way for this key, if there is one that this boarder may still share. */
  board<T>(key: string, boarder: Boarder): Promise<T> | undefined;
  depart<T>(key: string, boarder: Boarder, take: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Logins that are open, and what can be brought through them. Sources own this port; sessions implement it. */
export interface Logins {
  openLogins(tenant: string, taxpayerIds: readonly string[]): Promise<readonly OpenLogin[]>;
  /**
   * Brings, and keeps where questions look for it. Whoever comes while somebody else is at it waits for that, and is then
   * told to look again.
   */
  readMore(wanted: MoreWanted): Promise<"LOOK_AGAIN" | { readonly fault: Fault | undefined }>;
}

interface MoreWanted {
  readonly tenant: string;
  readonly sessionId: string;
  readonly version: number;
  readonly consentId: string;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}
