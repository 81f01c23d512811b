import type {
  DocumentKind,
  ProviderId,
  AuditedCaller,
  AuditRecordKind,
  Consent,
  ConsentTerms,
  ConsentRecord,
  Pan,
  IncomeYear,
} from "../domain";
import type { Reading, Ticket } from "../providers";
import type { Progress, Session, SessionState } from "./session";

/** The store that implements these ports sees sessions as they are. */
export type { Progress, Session } from "./session";

/** A session that somebody asks for. */
export interface Opening {
  readonly tenant: string;
  /** Who asks, for the audit trail. */
  readonly by?: AuditedCaller | undefined;
  readonly pan: Pan;
  readonly provider: ProviderId;
  /** The provider knows logins by their PAN, so that it must never see two of one person. */
  readonly isAlone: boolean;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
  readonly consent: ConsentTerms;
  readonly idempotencyKey: string;
  /** All that was asked, but for the password, as one text: the same text is the same request. */
  readonly request: string;
  readonly nowMs: number;
  /** When somebody must look at it even if the login never comes back. */
  readonly dueAtMs: number;
  readonly expiresAtMs: number;
}

export type Opened =
  /** In the phase OPENING, and this process's own. */
  | { readonly outcome: "OPENED"; readonly session: Session }
  /** This key has brought this session before. */
  | { readonly outcome: "REPLAYED"; readonly session: Session }
  /** This key has been used for another request. */
  | { readonly outcome: "CONFLICT" }
  /** This tenant has a session of this person at this provider, and it is live. The key brings nothing yet. */
  | { readonly outcome: "ALREADY_OPEN"; readonly session: Session }
  /** Somebody else has this person's login at this provider. */
  | { readonly outcome: "BUSY"; readonly freeAtMs: number };

/** A change to a session, made whole or not at all: the change, its place in the history, its announcement, its job. */
export interface Change {
  readonly progress: Progress;
  readonly state: SessionState;
  readonly nowMs: number;
  /** When somebody must look at the session even if nothing else happens; undefined when it is over. */
  readonly dueAtMs: number | undefined;
  /** Left out: the ticket stays as it is. */
  readonly ticket?: Ticket | "DESTROYED";
  /** Whether this process works on the session from now on; no other one will, while this one lives. */
  readonly isOurs: boolean;
  /** A job is due for it, so long from now. */
  readonly jobAfterMs?: number;
  /** Left out where the audit trail has a record of this step already. */
  readonly audit?: AuditRecordKind;
  /** Whose doing it is, for the audit trail; left out where nobody asked for it. */
  readonly by?: AuditedCaller | undefined;
  /** The session is over, and whether the provider must be told. Where it must not, the person's login is free again. */
  readonly logout?: "DUE" | "NONE";
}

/** What has been, version by version. */
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
  /** From now on the key of this request brings this session, which was open already. */
  remember(opening: Opening, session: Session): Promise<void>;
  /** Unknown ids, and other tenants' ids, are simply not in the map. */
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Session>>;
  list(tenant: string, filter: SessionFilter): Promise<SessionPage>;
  /** The sessions of this person, of these taxpayers, or under this consent, that are not over. */
  live(
    tenant: string,
    of: { readonly pan: Pan } | { readonly taxpayerIds: readonly string[] } | { readonly consentId: string },
  ): Promise<readonly Session[]>;
  /** The steps after this version, oldest first. */
  history(tenant: string, id: string, afterVersion: number): Promise<readonly SessionStep[]>;
  /** The session as it is now; undefined when somebody else has changed it meanwhile. */
  change(session: Session, change: Change): Promise<Session | undefined>;
  /**
   * Takes this version of it to work on: not while another process that lives does, nor when it has changed. TAKEN_OVER
   * tells that the process before has died at its work.
   */
  claim(session: Session): Promise<"CLAIMED" | "TAKEN_OVER" | "NOT_OURS">;
  /** What goes to the provider. Undefined once it has been destroyed. */
  secretsOf(session: Session): Promise<{ readonly pan: Pan; readonly ticket: Ticket | undefined } | undefined>;
  /** Whether the provider must still be told that a session is over. */
  owesLogout(session: Session): Promise<boolean>;
  /** The provider has been told, or cannot be: the ticket is destroyed, and the person's login is free again. */
  loggedOut(session: Session, outcome: "SENT" | "GIVEN_UP"): Promise<void>;
  /** Sessions of all tenants that are due, or whose process has died while it worked on them; some at a time. */
  overdue(nowMs: number): Promise<readonly Session[]>;
  deleteExpired(nowMs: number): Promise<void>;
}

/** Keeps what a session brought under its consent, until the consent's data life ends. */
export type KeepReadings = (session: Session, consent: Consent, readings: readonly Reading[]) => Promise<void>;

/** A consent with the caller's own name for it, for the caller to read. */
export interface KeptConsent extends Consent {
  readonly reference: string | undefined;
}

export interface KeptConsentRecord extends ConsentRecord {
  readonly id: string;
}

export interface ConsentStore {
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, KeptConsent>>;
  /**
   * Undefined where this tenant has no such consent. Revoked twice, the first time counts. What was fetched is deleted,
   * and the live sessions under it are due at once, so that they end even if this process does not come to it.
   */
  revoke(tenant: string, id: string, nowMs: number, by?: AuditedCaller): Promise<KeptConsent | undefined>;
  /** Counts one more fetch, if the consent holds and allows another. */
  countFetch(tenant: string, id: string, nowMs: number): Promise<boolean>;
  /** Appends; there is no way to change or remove. */
  record(tenant: string, records: readonly ConsentRecord[]): Promise<void>;
  /** Newest first. */
  records(
    tenant: string,
    page: { readonly taxpayerId?: string | undefined; readonly first: number; readonly after?: string | undefined },
  ): Promise<{ readonly records: readonly KeptConsentRecord[]; readonly hasNext: boolean }>;
}

/** What was destroyed, and when. */
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
   * Sessions that are live, or whose provider must still be told that they are over, come first: they are returned.
   * Erased before, the first receipt stands.
   */
  erase(
    tenant: string,
    pan: Pan,
    nowMs: number,
    by?: AuditedCaller,
  ): Promise<{ readonly receipt: ErasureReceipt } | { readonly unsettled: readonly Session[] }>;
}

/** Who watches a session hears of every change, whichever process made it. */
export interface Announcements {
  /** `onChange` is also called when changes may have been missed. The returned function ends it. */
  watch(sessionId: string, onChange: () => void): () => void;
}

/** Durable work: a job for a session is done once, by any process, even when the one that sent it is gone. */
export interface Jobs {
  /** The work on one session. When it throws, it is tried again a little later. */
  work(doJob: (job: { readonly tenant: string; readonly sessionId: string }) => Promise<void>): Promise<void>;
  /** Runs every so often, in one of the processes at a time. */
  sweep(everyMs: number, sweep: () => Promise<void>): Promise<void>;
  /** Takes no more work, and lets what is under way finish where that does not take long. */
  stop(): Promise<void>;
}
