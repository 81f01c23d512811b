import type { ProviderId } from "../domain";
import type { FaultCode } from "../kernel";
import { type ConnectedProvider, isHealthy } from "../providers";
import { documentsOf } from "./chooseLogin";
import type { Problem, Session } from "./session";
import { asLoginProvider } from "./tools";

/** What a caller does next. */
export interface NextStep {
  readonly kind: "SUBMIT_OTP" | "WAIT" | "READ_DATA" | "OPEN_SESSION" | "NONE";
  readonly message: string;
  readonly mutation?: "submitOtp" | "openSession";
  readonly pollAfterMs?: number;
  readonly expiresAtMs?: number;
  /** Another provider that has the same documents, where trying it may help. */
  readonly provider?: ProviderId;
}

const lookAgainMs = 1_000;
const usualRestSeconds = 60;

/** Nothing at this service helps with these. */
const unrecoverable: readonly FaultCode[] = ["ACCOUNT_LOCKED", "PAN_NOT_FOUND", "CONSENT_REVOKED", "ERASED"];

export function nextStepOf(session: Session, connected: readonly ConnectedProvider[], nowMs: number): NextStep {
  const { progress } = session;
  switch (progress.phase) {
    case "OPENING":
      return wait("The provider is logging in.", lookAgainMs);
    case "AWAITING_OTP":
      return {
        kind: "SUBMIT_OTP",
        mutation: "submitOtp",
        message: progress.needsAccessToken
          ? "Enter the one-time password, and bring the portal's access token with it."
          : "Enter the one-time password that the income-tax portal has sent.",
        expiresAtMs: progress.otpExpiresAtMs,
      };
    case "CHECKING_OTP":
      return wait("The one-time password is being checked.", lookAgainMs);
    case "WAITING":
      return wait("The provider is reading the portal.", Math.max(lookAgainMs, progress.nextPollAtMs - nowMs));
    case "READING":
      return wait("The documents are being fetched.", lookAgainMs);
    case "READY":
      return { kind: "READ_DATA", message: "The documents can be read.", expiresAtMs: session.expiresAtMs };
    case "FAILED":
      return afterFailure(session, progress.problem, connected);
    case "ENDED":
      return progress.reason === "EXPIRED"
        ? openAnother("This session has expired. Open a new one to fetch more.")
        : { kind: "NONE", message: "This session is over." };
  }
}

function wait(message: string, pollAfterMs: number): NextStep {
  return { kind: "WAIT", message, pollAfterMs };
}

function openAnother(message: string): NextStep {
  return { kind: "OPEN_SESSION", mutation: "openSession", message };
}

function afterFailure(
  session: Session,
  { code, retryAfterSeconds }: Problem,
  connected: readonly ConnectedProvider[],
): NextStep {
  if (unrecoverable.includes(code))
    return { kind: "NONE", message: "Nothing can be done here until this is settled at the portal." };
  // A wrong password, or a portal that is down, fails at every provider.
  if (code === "INVALID_CREDENTIALS")
    return openAnother("Ask for the portal's password again, and open a new session.");
  if (code === "PORTAL_UNAVAILABLE") {
    return {
      ...openAnother("Open a new session in a little while."),
      pollAfterMs: (retryAfterSeconds ?? usualRestSeconds) * 1_000,
    };
  }
  const other = anotherFor(session, connected);
  if (other === undefined) return openAnother("Open a new session.");
  return {
    ...openAnother(`Open a new session; ${other.provider.name} can bring the same.`),
    provider: other.provider.id,
  };
}

function anotherFor(session: Session, connected: readonly ConnectedProvider[]): ConnectedProvider | undefined {
  return connected.find(
    (candidate) =>
      candidate.provider.id !== session.provider &&
      asLoginProvider(candidate) !== undefined &&
      isHealthy(candidate) &&
      documentsOf(candidate, session.documents).length === session.documents.length,
  );
}
