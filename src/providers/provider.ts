import type { Answer, ProviderId } from "../domain/answer";
import type { ComplianceStatus } from "../domain/compliance";
import type { Pan } from "../domain/identifiers";
import type { Clock } from "../kernel/clock";
import type { Secret } from "../kernel/secret";

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

/** What a vendor needs to be spoken to. Values come from the environment, under the names the vendor declares. */
export interface Credentials {
  read(name: string): Secret | undefined;
}

export interface ProviderTools {
  readonly transport: Transport;
  operation(name: string): Operation;
  readonly credentials: Credentials;
  readonly clock: Clock;
}

/** What each kind of document is, once it is in our words. */
export interface DocumentBodies {
  COMPLIANCE: ComplianceStatus;
}
export type AnswerableKind = keyof DocumentBodies;

/** A provider that needs nothing but a PAN. It throws a registered fault when it has no answer at all. */
export interface ProviderClient {
  ask<Kind extends AnswerableKind>(
    document: Kind,
    pan: Pan,
    signal: AbortSignal,
  ): Promise<Answer<DocumentBodies[Kind]>>;
}

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
  readonly body?: unknown;
}

/** Everything the house knows about a vendor. Settings, SDL, metrics labels and sandbox routes follow from it. */
export interface Provider {
  readonly id: ProviderId;
  readonly name: string;
  readonly login: LoginMethod;
  readonly documents: readonly AnswerableKind[];
  /** How long an answer may be read again before the provider is asked anew. */
  readonly timeToLiveMs: number;
  readonly priceRupeesPerCall: number;
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
  /** Invented taxpayers that its simulator knows, for people to try. */
  readonly examples: readonly { readonly pan: string; readonly title: string }[];
  connect(tools: ProviderTools): ProviderClient;
  simulate(tools: { clock: Clock; credentials: Credentials }): Simulator;
}
