import type { AuditedCaller, ConsentTerms, DocumentKind, IncomeYear, Pan, Word } from "../domain";
import type { Link, LinkProgress, LinkStep } from "./link";

export type { Link, LinkProgress, LinkStep } from "./link";

/** A request for a link, with the digest-only secrets still whole. */
export interface NewLink {
  readonly id: string;
  readonly tenant: string;
  readonly by: AuditedCaller | undefined;
  /** The secret in the link's address. Only its digest is kept. */
  readonly token: string;
  readonly pan: Pan | undefined;
  readonly terms: ConsentTerms;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly returnUrl: string | undefined;
  readonly progress: LinkProgress;
  readonly idempotencyKey: string;
  /** The request as one text. The same text is the same request. */
  readonly request: string;
  readonly nowMs: number;
  readonly expiresAtMs: number;
}

/** One transaction: the link, its history, its announcement and its audit record. */
export interface LinkChange {
  readonly progress: LinkProgress;
  readonly nowMs: number;
  readonly audit?: Word<"AuditRecordKind"> | undefined;
  readonly by?: AuditedCaller | undefined;
  readonly browser?: string;
  readonly taxpayerId?: string;
}

/** A link, and whether the browser that holds this secret is the one that it is bound to. */
export interface LinkVisit {
  readonly link: Link;
  readonly browser: "NONE_YET" | "SAME" | "ANOTHER";
}

export interface LinkStore {
  create(link: NewLink): Promise<{ readonly outcome: "CREATED" | "REPLAYED"; readonly link: Link } | "CONFLICT">;
  /** Unknown ids and other tenants' ids are not in the map. */
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Link>>;
  byToken(token: string, browser: string | undefined): Promise<LinkVisit | undefined>;
  bySession(sessionId: string): Promise<Link | undefined>;
  /** The PAN that the caller has given. Undefined once it is erased. */
  panOf(link: Link): Promise<Pan | undefined>;
  /** Undefined when the link has another version by now. */
  change(link: Link, change: LinkChange): Promise<Link | undefined>;
  /** The steps after this version, oldest first. */
  history(tenant: string, id: string, afterVersion: number): Promise<readonly LinkStep[]>;
  /** Links of all tenants that are not over, and whose time or whose session is; some at a time. */
  due(nowMs: number): Promise<readonly Link[]>;
  deleteExpired(nowMs: number): Promise<void>;
}
