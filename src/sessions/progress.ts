import { lapseOf, type Pan } from "../domain";
import { asFault, Fault, neverAborted } from "../kernel";
import type { Reading, Stage, Ticket } from "../providers";
import { logoutOnEnd, recordLogout } from "./ending";
import { isStoreAway } from "./lastingWrites";
import { toProblem, type Session } from "./session";
import { loginProvider, type SessionTools } from "./tools";
import type { Transition } from "./transition";
import { hasCome, missingOf, within } from "./wantedDocuments";

const longestWaitMs = 15 * 60_000;

/** Takes in the step that a provider has answered with. Undefined when the session has changed meanwhile. */
export type ApplyStep = (session: Session, step: Stage) => Promise<Session | undefined>;

/** Answers are kept before the session moves on, so that a session never claims documents that are not there. */
export function createApplyStep(tools: SessionTools, transition: Transition): ApplyStep {
  const { clock } = tools;

  return async (session, step) => {
    const { ticket } = step;
    switch (step.awaits) {
      case "OTP": {
        const { otpAttempts: attemptsLeft, needsAccessToken } = step;
        const otpExpiresAtMs = clock.now() + step.otpLifeMs;
        return transition(session, "otpSent", { otpExpiresAtMs, attemptsLeft, needsAccessToken }, { ticket });
      }
      case "TIME": {
        if (isOutOfTime(session, clock.now()))
          return fail(tools, transition, session, new Fault("PROVIDER_TIMEOUT", { provider: session.provider }));
        const pollMs = loginProvider(tools, session.provider).pollMs ?? step.pollAfterMs;
        return wait(tools, transition, session, { pollMs }, { ticket });
      }
      case "NOTHING": {
        const readings = within(session, step.readings);
        await keep(tools, session, readings.filter(hasCome));
        const missing = missingOf(session, readings);
        if (missing.documents.length === 0) return transition(session, "documentsRead", {}, { ticket });
        const hasAnswers = readings.some(({ answer }) => answer.outcome !== "FAILED");
        return transition(session, "loggedIn", { tries: 0, ...missing, hasAnswers }, { ticket, jobAfterMs: 0 });
      }
    }
  };
}

/** Whether a provider has worked for longer than callers wait. */
export function isOutOfTime({ progress }: Session, nowMs: number): boolean {
  return progress.phase === "WAITING" && progress.giveUpAtMs <= nowMs;
}

/** The provider's pace, and the same each time: a job that is done is seen soon. A rest that it asks for is kept. */
export function wait(
  { clock }: SessionTools,
  transition: Transition,
  session: Session,
  { pollMs, restMs = 0 }: { readonly pollMs: number; readonly restMs?: number },
  extras: Parameters<Transition>[3] = {},
): Promise<Session | undefined> {
  const { progress } = session;
  const nowMs = clock.now();
  const before = progress.phase === "WAITING" ? progress : { polls: -1, giveUpAtMs: nowMs + longestWaitMs };
  const polls = before.polls + 1;
  const jobAfterMs = Math.max(pollMs, restMs);
  const facts = { polls, pollMs, nextPollAtMs: nowMs + jobAfterMs, giveUpAtMs: before.giveUpAtMs };
  return transition(session, "processing", facts, { ...extras, jobAfterMs });
}

/** Keeps answers under the session's consent, and records that the consent was used. */
export async function keep(
  { consents, clock, keepReadings }: SessionTools,
  session: Session,
  answers: readonly Reading[],
): Promise<void> {
  if (answers.length === 0) return;
  const { tenant, consentId, taxpayerId, provider } = session;
  const consent = (await consents.byId(tenant, [consentId])).get(consentId);
  if (consent === undefined) throw new Fault("INTERNAL", { note: "a session without its consent" });
  // The consent may have ended while the provider was reading.
  if (lapseOf(consent, clock.now())) return;
  await keepReadings(session, consent, answers);
  const documents = [...new Set(answers.map(({ document }) => document))];
  const incomeYears = [...new Set(answers.flatMap(({ incomeYear }) => incomeYear ?? []))];
  const used = { kind: "USED", atMs: clock.now(), taxpayerId, consentId, provider } as const;
  await consents.record(tenant, [{ ...used, sessionId: session.id, documents, incomeYears }]);
}

/** The end of a session that cannot go on. */
export function fail(
  tools: SessionTools,
  transition: Transition,
  session: Session,
  fault: Fault,
): Promise<Session | undefined> {
  // Callers see INTERNAL only. The cause goes to the log; no request waits for it any more.
  if (fault.code === "INTERNAL" && fault.context.cause !== undefined) {
    tools.events.emit("fault masked", { requestId: undefined, error: fault.context.cause });
  }
  return transition(session, "failed", { problem: toProblem(fault) }, logoutOnEnd(tools, session));
}

interface Call {
  readonly pan: Pan;
  readonly ticket?: Ticket;
  readonly answer: Promise<Stage>;
  readonly onFault: (fault: Fault) => Promise<Session | undefined>;
}

/** Awaits a call that a session has begun, and applies the step that it brings. */
export type AwaitStep = (session: Session, call: Call) => Promise<void>;

export function createAwaitStep(tools: SessionTools, transition: Transition, applyStep: ApplyStep): AwaitStep {
  async function applyOrFail(session: Session, step: Stage): Promise<Session | undefined> {
    try {
      return await applyStep(session, step);
    } catch (thrown) {
      // Of the session it says nothing that the store is away.
      if (isStoreAway(thrown)) throw thrown;
      return fail(tools, transition, session, asFault(thrown));
    }
  }

  /** The login went on at the provider while the session was ended here, so it is ended there too. */
  async function logOutLate(session: Session, pan: Pan, ticket: Ticket | undefined): Promise<void> {
    const { client } = loginProvider(tools, session.provider);
    if (client.close === undefined) return;
    if (await tools.store.isLoginOfAnother(session, pan, tools.clock.now())) return;
    await client.close(pan, ticket, neverAborted);
    await recordLogout(tools, session, "SENT");
  }

  return async (session, { pan, ticket, answer, onFault }) => {
    const step = await answer.catch(asFault);
    const lastTicket = step instanceof Fault ? ticket : step.ticket;
    const applied = await (step instanceof Fault ? onFault(step) : applyOrFail(session, step)).catch(
      async (thrown: unknown) => {
        // What cannot be written down is lost with this process's memory: nobody stays logged in, and the sweep fails the
        // session: soon if it can be abandoned, or when the call counts as lost.
        await tools.store.abandon(session).catch(() => undefined);
        await loginProvider(tools, session.provider).client.close?.(pan, lastTicket, neverAborted);
        throw thrown;
      },
    );
    if (applied === undefined) await logOutLate(session, pan, lastTicket);
  };
}
