import type {
  Word,
  DocumentKind,
  ProviderId,
  AuditedCaller,
  Consent,
  ConsentTerms,
  ConsentRecord,
  ConsentReceipt,
  Pan,
  IncomeYear,
  Locale,
} from "../domain";
import type { Fault } from "../kernel";
import type { Reading, Ticket } from "../providers";
import type { Progress, Session, SessionState } from "./session";

export type { Progress, Session } from "./session";

/** How a consent was given, for its receipt. */
export interface Agreement {
  readonly by: "TAXPAYER" | "CALLER";
  readonly atMs: number;
  readonly locale: Locale;
  /** The name of the one who asks, as the notice has it. */
  readonly requester: string;
}

/** A request for a session. */
export interface Opening {
  /** The new session's id, by which a repeated attempt knows its own session again. */
  readonly id?: string;
  readonly tenant: string;
  /** For the audit trail. */
  readonly by?: AuditedCaller | undefined;
  readonly pan: Pan;
  readonly provider: ProviderId;
  /** The provider knows a login by its PAN, so it must never see two of one person. */
  readonly isAlone: boolean;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly consent: ConsentTerms;
  /** Left out where the caller states the consent. */
  readonly agreed?: Agreement | undefined;
  /** A consent to open the session under, if it is this person's. Else a new one is granted. */
  readonly consentId?: string | undefined;
  readonly idempotencyKey: string;
  /** The request without the password, as one text. The same text is the same request. */
  readonly request: string;
  readonly nowMs: number;
  /** When the sweep looks at it, should the login never come back. */
  readonly dueAtMs: number;
  readonly expiresAtMs: number;
}

export type Opened =
  /** The tenant has made as many logins today as it may. */
  | { readonly outcome: "TOO_MANY"; readonly fault: Fault }
  /** In the phase OPENING, claimed by this process. */
  | { readonly outcome: "OPENED"; readonly session: Session }
  /** The session of an earlier request with this key. */
  | { readonly outcome: "REPLAYED"; readonly session: Session }
  /** This key has been used for another request. */
  | { readonly outcome: "CONFLICT" }
  /** This tenant has a live session of this person at this provider. The key is not used up yet: see `remember`. */
  | { readonly outcome: "ALREADY_OPEN"; readonly session: Session }
  /** Another session has this person's login at this provider. */
  | { readonly outcome: "BUSY"; readonly freeAtMs: number };

/** One transaction: the session, its history, its announcement, its job and its audit record. */
export interface Change {
  readonly progress: Progress;
  readonly state: SessionState;
  readonly nowMs: number;
  /** When the sweep looks at the session if nothing else happens; undefined when it is over. */
  readonly dueAtMs: number | undefined;
  /** Left out: the ticket stays as it is. */
  readonly ticket?: Ticket | "DESTROYED";
  /** Who works on the session from now on. If that process dies, the sweep finds the session. */
  readonly owner: "THIS_PROCESS" | "AS_BEFORE" | "NOBODY";
  /** A job is due for it, so long from now. */
  readonly jobAfterMs?: number;
  /** Left out where the audit trail has a record of this step already. */
  readonly audit?: Word<"AuditRecordKind">;
  /** For the audit trail. Left out where no caller asked for it. */
  readonly by?: AuditedCaller | undefined;
  /** Set when the session is over. NONE frees the person's login at once, DUE frees it with the logout. */
  readonly logout?: "DUE" | "NONE";
}

/** One version in a session's history. */
export interface SessionStep {
  readonly version: number;
  readonly progress: Progress;
  readonly atMs: number;
}

export interface SessionFilter {
  readonly pan?: Pan | undefined;
  readonly states?: readonly SessionState[] | undefined;
  readonly first: number;
  /** The id of the last session of the page before. */
  readonly after?: string | undefined;
}

interface SessionPage {
  /** Newest first. */
  readonly sessions: readonly Session[];
  readonly hasNext: boolean;
}

export interface SessionStore {
  open(opening: Opening): Promise<Opened>;
  /**
   * Gives a request the session that is open already, keeps the request's own consent, and uses its key up. The session is
   * the one that the key has been used for, which may be another.
   */
  remember(opening: Opening, session: Session): Promise<Session | "CONFLICT">;
  /** Unknown ids and other tenants' ids are not in the map. */
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Session>>;
  list(tenant: string, filter: SessionFilter): Promise<SessionPage>;
  /** Sessions that are not over: of this person, of these taxpayers, or under this consent. */
  live(
    tenant: string,
    of: { readonly pan: Pan } | { readonly taxpayerIds: readonly string[] } | { readonly consentId: string },
  ): Promise<readonly Session[]>;
  /** The steps after this version, oldest first. */
  history(tenant: string, id: string, afterVersion: number): Promise<readonly SessionStep[]>;
  /** Undefined when the session has another version by now. */
  change(session: Session, change: Change): Promise<Session | undefined>;
  /**
   * Claims this version for this process. NOT_OURS: another living process has it, or it has changed. TAKEN_OVER: the
   * process before has died, or has abandoned it.
   */
  claim(session: Session): Promise<"CLAIMED" | "TAKEN_OVER" | "NOT_OURS">;
  /** Gives this process's claim up with its work unfinished, so that the sweep of any process finds it. */
  abandon(session: Session): Promise<void>;
  /** What the provider needs. Undefined once it is destroyed. */
  secretsOf(session: Session): Promise<{ readonly pan: Pan; readonly ticket: Ticket | undefined } | undefined>;
  /** Whether a logout is still due. */
  owesLogout(session: Session): Promise<boolean>;
  /** Whether this person's login at the provider is another session's by now, where the provider knows it by its PAN. */
  isLoginOfAnother(session: Session, pan: Pan, nowMs: number): Promise<boolean>;
  /** The sweep does not find this version before that time. */
  setBack(session: Session, untilMs: number): Promise<void>;
  /** Destroys the ticket, and frees the person's login. */
  loggedOut(session: Session, outcome: "SENT" | "GIVEN_UP"): Promise<void>;
  /** Sessions of all tenants that are due, or whose process has died or abandoned them; some at a time. */
  overdue(nowMs: number): Promise<readonly Session[]>;
  deleteExpired(nowMs: number): Promise<void>;
}

/** Keeps a session's readings under a consent, until the consent's data life ends. */
export type KeepReadings = (session: Session, consent: Consent, readings: readonly Reading[]) => Promise<void>;

/** A consent with the caller's own reference. */
export interface KeptConsent extends Consent {
  readonly reference: string | undefined;
}

export interface KeptConsentRecord extends ConsentRecord {
  readonly id: string;
}

/** A receipt, with whose consent it is about. */
export interface FoundReceipt extends ConsentReceipt {
  readonly tenant: string;
  readonly consentId: string;
  /** Opens the taxpayer's page. */
  readonly code: string;
}

export interface ConsentStore {
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, KeptConsent>>;
  /**
   * Undefined where this tenant has no such consent. The first revocation counts. What was fetched is deleted, and live
   * sessions under it are due at once, so that they end even if this process dies.
   */
  revoke(tenant: string, id: string, nowMs: number, by?: AuditedCaller): Promise<KeptConsent | undefined>;
  /** Made with the consent, and once only. Throws ERASED where the taxpayer's key is gone. */
  receipt(tenant: string, consentId: string, nowMs: number): Promise<FoundReceipt>;
  /** Of any tenant. Undefined where there is none, or none that can be read. */
  receiptById(id: string): Promise<FoundReceipt | undefined>;
  /** Counts one more fetch. False where the consent does not hold, or allows no other. */
  countFetch(tenant: string, id: string, nowMs: number): Promise<boolean>;
  /** Puts the consents of all tenants that have expired on record, each once. */
  recordExpired(nowMs: number): Promise<void>;
  /** Append only. */
  record(tenant: string, records: readonly ConsentRecord[]): Promise<void>;
  /** Newest first. */
  records(
    tenant: string,
    page: { readonly taxpayerId?: string | undefined; readonly first: number; readonly after?: string | undefined },
  ): Promise<{ readonly records: readonly KeptConsentRecord[]; readonly hasNext: boolean }>;
}

/** The proof of an erasure: what was destroyed, and when. */
export interface ErasureReceipt {
  readonly id: string;
  readonly taxpayerId: string;
  readonly erasedAtMs: number;
  readonly destroyed: {
    readonly keys: number;
    readonly answers: number;
    readonly consents: number;
    readonly sessions: number;
  };
}

export interface ErasureStore {
  /**
   * Nothing is erased while sessions are live or owe a logout: they are returned, to be ended first. A second erasure
   * returns the first receipt.
   */
  erase(
    tenant: string,
    pan: Pan,
    nowMs: number,
    by?: AuditedCaller,
  ): Promise<{ readonly receipt: ErasureReceipt } | { readonly openSessions: readonly Session[] }>;
}

/** Announces changes of sessions among processes. */
export interface Announcements {
  /** `onChange` is also called when changes may have been missed. The returned function ends the watch. */
  watch(sessionId: string, onChange: () => void): () => void;
}

/** Durable jobs: each is done by one process, even when the process that sent it has died. */
export interface Jobs {
  /** Does the jobs of sessions. A job that throws is tried again a little later. */
  work(doJob: (job: { readonly tenant: string; readonly sessionId: string }) => Promise<void>): Promise<void>;
  /** Runs at this interval, in one process at a time. */
  sweep(everyMs: number, sweep: () => Promise<void>): Promise<void>;
  /** Takes no more jobs, and waits a little for those under way. */
  stop(): Promise<void>;
}
