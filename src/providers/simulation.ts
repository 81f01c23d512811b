import type { ProviderId } from "../domain/answer";
import type { Clock } from "../kernel/clock";
import type { Persona } from "./persona";
import type { Credentials } from "./credentials";

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
  /** The portal sends a one-time password: it rings on the fake phone, and is returned to whoever must check it. */
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
