import type {
  Answer,
  DocumentKind,
  ProviderId,
  Pan,
  IncomeYear,
  ComplianceStatus,
  Demand,
  Filing,
  InformationStatement,
  TaxCreditStatement,
  AadhaarLink,
  Profile,
  VerificationForm,
  Found,
} from "../domain";
import type { Clock, Secret } from "../kernel";
import type { Persona } from "./persona";

/** Plays the vendor for the sandbox: one request in, one reply out, as strict as the vendor itself. */
export type Simulator = (request: SimulatedRequest) => SimulatedReply | Promise<SimulatedReply>;

export interface SimulatedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface SimulatedReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** The invented world that all simulators play in, so that they agree about its people. */
export interface SimulatedWorld {
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** Where this vendor's simulator is reached: for links to its own files. */
  readonly baseUrl: () => URL;
  /** This person as this vendor sees them: the planted disagreements are in it. */
  personaOf(pan: string): Persona | undefined;
  /** The portal sends a one-time password: it rings on the fake phone, and is returned to the simulator that checks it. */
  sendOtp(provider: ProviderId, pan: string): string;
  /** What somebody has asked to go wrong in this operation, of the kinds that only the simulator itself can play. */
  faultFor(operation: string): SimulatorFault | undefined;
}

export const simulatorFaults = [
  /** A job that never ends. */
  "STUCK_JOB",
  /** Tokens have expired, whatever their age. */
  "EXPIRED_TOKEN",
  /** The vendor's clock is an hour ahead of ours. */
  "CLOCK_SKEW",
] as const;
export type SimulatorFault = (typeof simulatorFaults)[number];

/** What a vendor needs to be spoken to. Values come from the environment, under the names the vendor declares. */
export interface Credentials {
  read(name: string): Secret | undefined;
}

/** What each kind of document is, once it is in our words. */
export interface DocumentBodies {
  PROFILE: Profile;
  COMPLIANCE: ComplianceStatus;
  FILINGS: readonly Filing[];
  TAX_CREDITS: TaxCreditStatement;
  INFORMATION_STATEMENT: InformationStatement;
  DEMANDS: readonly Demand[];
  VERIFICATION_FORM: readonly VerificationForm[];
  AADHAAR_LINK: AadhaarLink;
}

/** What can be asked with a PAN alone. */
export type AnswerableKind = "COMPLIANCE";

/**
 * What a vendor needs in order to go on with a login: its tokens, client ids and job ids, as JSON text of the vendor's own
 * making. It is sealed while the session lives, and destroyed when the session ends.
 */
export type Ticket = Secret;

/** How far a login has come, and what is due next. */
export type Stage =
  | {
      readonly awaits: "OTP";
      readonly ticket: Ticket;
      /** The vendor hands its access token to the caller and not to us, so the caller must bring it with the OTP. */
      readonly needsAccessToken: boolean;
      readonly otpLifeMs: number;
      /** How many tries the vendor allows. */
      readonly otpAttempts: number;
    }
  | { readonly awaits: "TIME"; readonly ticket: Ticket; readonly pollAfterMs: number }
  /** The documents can be read; some have come along already. */
  | { readonly awaits: "NOTHING"; readonly ticket: Ticket; readonly readings: readonly Reading[] };

interface Login {
  readonly pan: Pan;
  readonly password: Secret;
  /** How many years back are wanted: 1 to 7. */
  readonly years: number;
  readonly documents: readonly DocumentKind[];
}

interface OtpEntry {
  readonly pan: Pan;
  readonly otp: Secret;
  readonly accessToken: Secret | undefined;
}

/** What is wanted of a session that is ready. */
export interface ReadRequest {
  readonly pan: Pan;
  readonly documents: readonly DocumentKind[];
  readonly incomeYears: readonly IncomeYear[];
}

/** A file of the Department's, in which Aadhaar and account numbers are masked. */
export type ReceivedFile = {
  /** What tells it from others that come with the same document. */
  readonly name: string;
} & ({ readonly json: unknown } | { readonly bytes: Uint8Array });

/** One document, as it came: of one year, or of no year in particular. */
export type Reading = {
  readonly [Kind in DocumentKind]: {
    readonly document: Kind;
    readonly incomeYear: IncomeYear | undefined;
    readonly answer: Answer<DocumentBodies[Kind]>;
    /** Files that it was read from. */
    readonly files?: readonly ReceivedFile[];
  };
}[DocumentKind];

/**
 * A vendor behind the portal's login. Each method throws a registered fault when it fails as a whole; a document that
 * fails alone is a reading whose answer says so. Nothing here is repeated by itself: the caller knows what a login costs.
 */
export interface LoginClient {
  readonly needs: "LOGIN";
  open(login: Login, signal: AbortSignal): Promise<Stage>;
  /** Only where the portal sends a one-time password. */
  submitOtp?(ticket: Ticket, entry: OtpEntry, signal: AbortSignal): Promise<Stage>;
  /** Only where the vendor works on by itself. */
  poll?(ticket: Ticket, signal: AbortSignal): Promise<Stage>;
  /**
   * Spends as few calls as the vendor allows; the ticket may have changed by it. Readings that come before the end are
   * reported as they come, and returned with the others.
   */
  read(
    ticket: Ticket,
    wish: ReadRequest,
    signal: AbortSignal,
    onReadings?: (readings: readonly Reading[]) => void,
  ): Promise<{ ticket: Ticket; readings: readonly Reading[] }>;
  /** Only where the vendor can log out. There is no ticket of a login that was cut short. */
  close?(pan: Pan, ticket: Ticket | undefined, signal: AbortSignal): Promise<void>;
}

export type LoginMethod = "NONE" | "PASSWORD" | "PASSWORD_AND_OTP";

/** What a vendor sends and receives, as text: judging it is the contract's work. */
export interface UpstreamRequest {
  readonly method: "GET" | "POST";
  /** Appended to the vendor's base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface UpstreamReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The connection to one vendor. It returns any reply, and throws the registered fault of a failed connection. */
export interface Transport {
  send(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamReply>;
}

/**
 * Runs one call under the policy of a vendor's operation: its deadline and its breaker. The call ends by throwing the
 * fault that the vendor's contract found, so that the breaker judges what was said, not merely that something was.
 */
export type Operation = <T>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** How the calls of the last minutes went, for one vendor operation. */
export interface OperationHealth {
  readonly operation: string;
  readonly breaker: BreakerState;
  readonly calls: number;
  readonly successRate: number | undefined;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
}

/** What was seen of a vendor in a stretch of time. */
export interface HealthPeriod {
  readonly provider: ProviderId;
  readonly startsAtMs: number;
  readonly calls: number;
  /** Those that the vendor has answered, if only with a mistake of the caller or the taxpayer. */
  readonly answered: number;
  /** The worst that it was. */
  readonly breaker: BreakerState;
  /** How many calls took how long, by the buckets of the histogram. */
  readonly countByBucket: ReadonlyMap<number, number>;
}

/** How many calls one limit of the plan still allows. */
export interface CallsLeft extends CallLimit {
  readonly left: number;
}

export const breakerStates = ["CLOSED", "HALF_OPEN", "OPEN"] as const;
export type BreakerState = (typeof breakerStates)[number];

/** How one operation of a vendor may be called. */
export interface CallPolicy {
  /** SAFE: the call may be retried. A login or an OTP is never safe. */
  readonly repeat: "SAFE" | "NEVER";
  /** Only of a call that concerns the portal. A vendor may take a login in one call and go to the portal in another. */
  readonly portal?: {
    /** The call makes the vendor go to the portal, so it is in vain while the portal is down. */
    readonly isAsked: boolean;
    /** Whether the answer shows that the portal has answered the vendor. */
    readonly hasAnswered: (answer: unknown) => boolean;
  };
}

export interface ProviderTools {
  readonly transport: Transport;
  /** Unless told otherwise, a call is never repeated. */
  operation(name: string, policy?: CallPolicy): Operation;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** Counts fields that a contract does not know: how many there were, never which. */
  countUnknownFields(count: number): void;
  /** Fetches a file from one of this vendor's allowed addresses, guarded. */
  fetchFile(url: string, signal: AbortSignal): Promise<FetchedFile>;
  /** A secret that all processes share, such as a vendor's token for us. One process makes it, the others wait for it. */
  sharedSecret(name: string, make: () => Promise<{ secret: Secret; expiresAtMs: number }>): SharedSecret;
}

export interface FetchedFile {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A file that is still to be read. Whoever has it reads it to its end, or leaves it. */
export interface OpenedFile {
  /** Where the sender tells it beforehand. */
  readonly byteCount: number | undefined;
  readonly pieces: AsyncIterable<Buffer>;
}

export interface SharedSecret {
  get(signal: AbortSignal): Promise<Secret>;
  /** This one was refused: the next `get` makes another, unless somebody has already. */
  renew(refused: Secret): Promise<void>;
}

/** A provider that needs nothing but a PAN. It throws a registered fault when it has no answer at all. */
export interface PanClient {
  readonly needs: "PAN";
  ask<Kind extends AnswerableKind>(
    document: Kind,
    pan: Pan,
    signal: AbortSignal,
  ): Promise<Answer<DocumentBodies[Kind]>>;
}

/** Only where the vendor checks a pair by itself, without a login. */
export interface PairClient {
  /**
   * Whether this PAN is linked with this Aadhaar number. The number is for the one call: the answer holds nothing of it,
   * and neither does the fault that a failure throws. The call is never repeated by itself.
   */
  checkAadhaarLink?(pan: Pan, aadhaar: Secret, signal: AbortSignal): Promise<Found<AadhaarLink>>;
}

export type ProviderClient = (PanClient | LoginClient) & PairClient;

export interface CallLimit {
  readonly windowMs: number;
  readonly mostCalls: number;
}

export interface LoginTerms {
  /** How long after the login its documents can be read. */
  readonly lifeMs: number;
  /** The vendor knows a login by its PAN alone, so that a second one of the same person would collide with the first. */
  readonly isOnePerPan: boolean;
  /** The vendor goes to the portal when documents are first read, and not when the login is opened. */
  readonly logsInAtFirstRead: boolean;
  /** It reads no other years than those that the login was opened for. */
  readonly readsOnlyItsYears: boolean;
  /**
   * How many calls it takes to read these documents of so many years through a login that is open and ready. What the
   * login was opened for has been read before, and need not be looked up again.
   */
  callsToRead(documents: readonly DocumentKind[], years: number, openedFor: readonly DocumentKind[]): number;
}

/** Everything the house knows about a vendor. Settings, SDL, metrics labels and sandbox routes follow from it. */
export interface Provider {
  readonly id: ProviderId;
  readonly name: string;
  readonly login: LoginMethod;
  readonly documents: readonly DocumentKind[];
  /** Those among them that it does not tell, but that can be concluded from what it tells: less than anybody else's word. */
  readonly concludes?: readonly DocumentKind[];
  /**
   * How many calls it takes to bring these documents of so many years, login and logout included: with one return a year,
   * one look whether a job is done, and our own token at hand. Files that an answer is read from count as calls.
   */
  callsFor(documents: readonly DocumentKind[], years: number): number;
  /** Left out by a provider without a login. */
  readonly loginTerms?: LoginTerms;
  /** How long an answer may be read again before the provider is asked anew. */
  readonly timeToLiveMs: number;
  /** Undefined where the vendor publishes no price. */
  readonly priceRupeesPerCall: number | undefined;
  readonly settings: {
    /** The environment's names start with it: EKO_BASE_URL, EKO_TIMEOUT_MS. */
    readonly prefix: string;
    readonly required: readonly string[];
    readonly optional: readonly string[];
    /** What the sandbox's own simulator accepts, under the names above. */
    readonly sandbox: Readonly<Record<string, string>>;
    /** The path of the base URL, for the simulator to stand under. */
    readonly basePath: string;
    readonly timeoutMs: number;
    readonly maxInFlight: number;
  };
  /**
   * Hosts, besides the vendor's own, from which its files may be fetched: "files.example.com". Only over https, unless the
   * vendor documents a plain address of its own, which is then given whole: "http://203.0.113.7:8000".
   */
  readonly fileHosts: readonly string[];
  /** The vendor's published limits on calls, kept by all processes together. */
  readonly callLimits: readonly CallLimit[];
  connect(tools: ProviderTools): ProviderClient;
  simulate(world: SimulatedWorld): Simulator;
}

/** How background work asks a provider: callers go first, and each call takes a slot before it is made. */
export interface BackgroundAccess {
  readonly client: PanClient;
  /** How many calls are made at once. */
  readonly atOnce: number;
  /** Takes a call slot: 0, or in how many milliseconds one may be free. */
  takeSlot(): Promise<number>;
}

/** A provider as it stands in this process: reached live, played by the sandbox, or off for want of settings. */
export interface ConnectedProvider {
  readonly provider: Provider;
  readonly mode: "LIVE" | "SANDBOX" | "OFF";
  readonly client: ProviderClient | undefined;
  /** Left out while it is off, and by a provider that needs a login. */
  readonly background?: BackgroundAccess;
  /** Opens one of its files, guarded. Left out while it is off. */
  readonly openFile?: (url: string, signal: AbortSignal) => Promise<OpenedFile>;
  /** How often to ask whether it is done, where the operator knows better than the provider's own advice. */
  readonly pollMs: number | undefined;
  health(): readonly OperationHealth[];
  /** By each limit of its plan, over all processes. Left out while it is off. */
  readonly callsLeft?: () => Promise<readonly CallsLeft[]>;
}
