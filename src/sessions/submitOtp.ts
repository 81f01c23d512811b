import type { AuditedCaller } from "../domain";
import { Fault, type FaultCode, type Secret, neverAborted } from "../kernel";
import type { Transition } from "./transition";
import { type Background, loginProvider, type SessionTools } from "./tools";
import type { AfterCall } from "./lastingWrites";
import { type AwaitStep, fail } from "./progress";
import { end, expiryOfSession } from "./ending";
import { outcomeOf, type SessionOutcome, toProblem, type ProgressIn, type Session, isOver } from "./session";
import { whenIdle } from "./watch";
import { nextStepOf } from "./nextStep";

/** The answer to a mutation that is out of order. It names the step that is due. */
export function outOfStep({ connected, clock }: SessionTools, session: Session): SessionOutcome {
  const { kind, message } = nextStepOf(session, connected, clock.now());
  const code: FaultCode = !isOver(session)
    ? "STEP_OUT_OF_ORDER"
    : hasExpired(session)
      ? "SESSION_EXPIRED"
      : "SESSION_ENDED";
  const hint = isOver(session) ? message : `What is due is ${kind}. ${message}`;
  return { session, problem: new Fault(code, { provider: session.provider, hint }), replayed: false };
}

function hasExpired({ progress }: Session): boolean {
  return progress.phase === "ENDED" && progress.reason === "EXPIRED";
}

export interface OtpSubmission {
  readonly otp: Secret;
  readonly accessToken: Secret | undefined;
  readonly by?: AuditedCaller | undefined;
}

type Due = ProgressIn<"AWAITING_OTP">;
type Checking = ProgressIn<"CHECKING_OTP">;

export function createSubmitOtp(
  tools: SessionTools,
  transition: Transition,
  after: AfterCall,
  awaitStep: AwaitStep,
  background: Background,
): (session: Session, submission: OtpSubmission) => Promise<SessionOutcome> {
  const { store, consents, clock } = tools;

  /**
   * The attempt is counted before it is made, so that one whose process dies has been counted. It is repeated until it is known
   * to be written: an attempt that is counted and not made would leave the session to the sweep.
   */
  async function begin(session: Session, due: Due, by: AuditedCaller | undefined): Promise<Session | undefined> {
    const { otpExpiresAtMs, needsAccessToken, attemptsLeft } = due;
    return after.transition(
      session,
      "otpSubmitted",
      { otpExpiresAtMs, needsAccessToken, attemptsLeft: attemptsLeft - 1 },
      { owner: "THIS_PROCESS", by },
    );
  }

  async function check(session: Session, at: Checking, { otp, accessToken }: OtpSubmission): Promise<void> {
    const { pan, ticket } = (await after.tools.store.secretsOf(session)) ?? {};
    const { client } = loginProvider(tools, session.provider);
    if (pan === undefined || ticket === undefined || client.submitOtp === undefined) {
      await fail(after.tools, after.transition, session, new Fault("SESSION_EXPIRED"));
      return;
    }
    await awaitStep(session, {
      pan,
      ticket,
      answer: client.submitOtp(ticket, { pan, otp, accessToken }, neverAborted),
      onFault: (fault) => takeRefusal(session, at, fault),
    });
  }

  async function takeRefusal(session: Session, at: Checking, fault: Fault): Promise<Session | undefined> {
    const { otpExpiresAtMs, needsAccessToken } = at;
    // BAD_INPUT is refused on our side and has not reached the provider, so it is no attempt.
    const attemptsLeft = fault.code === "BAD_INPUT" ? at.attemptsLeft + 1 : at.attemptsLeft;
    const mayTryAgain = fault.code === "BAD_INPUT" || (fault.mayPass && fault.code !== "OTP_EXPIRED");
    if (!mayTryAgain || attemptsLeft === 0) return fail(after.tools, after.transition, session, fault);
    const facts = { otpExpiresAtMs, needsAccessToken, attemptsLeft, problem: toProblem(fault) };
    return after.transition(session, "otpRefused", facts);
  }

  async function expired(session: Session, due: Due): Promise<Session | undefined> {
    const nowMs = clock.now();
    const expiry = await expiryOfSession(tools, session);
    if (expiry) {
      const { reason, fault } = expiry;
      const { tenant, taxpayerId, consentId, id: sessionId } = session;
      const refused = { kind: "REFUSED", atMs: nowMs, code: fault.code } as const;
      await consents.record(tenant, [{ ...refused, taxpayerId, consentId, sessionId }]);
      return end(tools, transition, session, reason, { fault });
    }
    if (due.otpExpiresAtMs > nowMs) return undefined;
    return fail(tools, transition, session, new Fault("OTP_EXPIRED", { provider: session.provider }));
  }

  return async (session, submission) => {
    const { progress } = session;
    if (progress.phase !== "AWAITING_OTP") return outOfStep(tools, session);
    const over = await expired(session, progress);
    if (over) return outcomeOf(over);
    if (progress.needsAccessToken && submission.accessToken === undefined) {
      throw new Fault("BAD_INPUT", { provider: session.provider, field: "accessToken" });
    }
    const begun = await begin(session, progress, submission.by);
    if (begun?.progress.phase !== "CHECKING_OTP") {
      const now = (await store.byId(session.tenant, [session.id])).get(session.id);
      return outOfStep(tools, now ?? session);
    }
    background(check(begun, begun.progress, submission));
    return outcomeOf(await whenIdle(tools, begun));
  };
}
