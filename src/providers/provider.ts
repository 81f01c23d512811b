import type { Answer, DocumentKind, ProviderId } from "../domain/answer";
import type { Pan } from "../domain/identifiers";
import type { Clock } from "../kernel/clock";
import type { Secret } from "../kernel/secret";
import type { Credentials } from "./credentials";
import type { AnswerableKind, DocumentBodies } from "./documents";
import type { LoginClient } from "./loginClient";
import type { SimulatedWorld, Simulator } from "./simulation";

export type { Credentials };

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

/** The road to one vendor. It answers with whatever came back, or throws the registered fault of a road that failed. */
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

export const breakerStates = ["CLOSED", "HALF_OPEN", "OPEN"] as const;
export type BreakerState = (typeof breakerStates)[number];

export interface Manner {
  /** SAFE: asking twice does no harm, so that a call that failed may be made again. A login or an OTP is never safe. */
  readonly repeat: "SAFE" | "NEVER";
}

export interface ProviderTools {
  readonly transport: Transport;
  /** Unless told otherwise, a call is never repeated. */
  operation(name: string, manner?: Manner): Operation;
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

export type ProviderClient = PanClient | LoginClient;

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
   * Hosts, besides the vendor's own, from which its files may be fetched: "*.amazonaws.com". Only over https, unless the
   * vendor documents a plain address of its own, which is then given whole: "http://203.0.113.7:8000".
   */
  readonly fileHosts: readonly string[];
  /** The vendor's published limits on calls, kept by all processes together. */
  readonly callLimits: readonly CallLimit[];
  connect(tools: ProviderTools): ProviderClient;
  simulate(world: SimulatedWorld): Simulator;
}
