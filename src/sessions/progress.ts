import { lapseOf, type Pan } from "../domain";
import { Fault, asFault, neverAborted } from "../kernel";
import type { Reading, Stage, Ticket } from "../providers";
import type { Transition } from "./transition";
import { toProblem, type WantedDocuments, type Session } from "./session";
import { loginProvider, type SessionTools } from "./tools";
import { missingOf, within } from "./wantedDocuments";
import { farewell, settle } from "./ending";

const longestWaitMs = 15 * 60_000;

/** Takes in what a provider answered. Undefined when the session has been changed by somebody else meanwhile. */
export type ApplyStep = (session: Session, stage: Stage) => Promise<Session | undefined>;

/** Readings are kept before the session transitions on: a session never says that something is there which is not. */
export function createApplyStep(tools: SessionTools, transition: Transition): ApplyStep {
  const { clock } = tools;

  return async (session, stage) => {
    const { ticket } = stage;
    switch (stage.awaits) {
      case "OTP": {
        const { otpAttempts: attemptsLeft, needsAccessToken } = stage;
        const otpExpiresAtMs = clock.now() + stage.otpLifeMs;
        return transition(session, "otpSent", { otpExpiresAtMs, attemptsLeft, needsAccessToken }, { ticket });
      }
      case "TIME": {
        if (isOutOfTime(session, clock.now()))
          return fail(tools, transition, session, new Fault("PROVIDER_TIMEOUT", { provider: session.provider }));
        const pollMs = loginProvider(tools, session.provider).pollMs ?? stage.pollAfterMs;
        return wait(tools, transition, session, { pollMs }, { ticket });
      }
      case "NOTHING": {
        const wanted: WantedDocuments = session;
        const brought = within(wanted, stage.readings).filter(({ answer }) => answer.outcome !== "FAILED");
        await keep(tools, session, brought);
        const missing = missingOf(wanted, brought);
        if (missing.documents.length === 0) return transition(session, "documentsRead", {}, { ticket });
        const facts = { tries: 0, ...missing, hasAnswers: brought.length > 0 };
        return transition(session, "loggedIn", facts, { ticket, jobAfterMs: 0 });
      }
    }
  };
}

/** The provider has been asked for longer than anybody likes to wait. */
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

/** Keeps readings under the session's consent, and writes down that the consent was used. */
export async function keep(
  { consents, clock, keepReadings }: SessionTools,
  session: Session,
  readings: readonly Reading[],
): Promise<void> {
  if (readings.length === 0) return;
  const { tenant, consentId, taxpayerId, provider } = session;
  const consent = (await consents.byId(tenant, [consentId])).get(consentId);
  if (consent === undefined) throw new Fault("INTERNAL", { note: "a session without its consent" });
  // It may have ended while the provider was reading.
  if (lapseOf(consent, clock.now())) return;
  await keepReadings(session, consent, readings);
  const documents = [...new Set(readings.map(({ document }) => document))];
  const incomeYears = [...new Set(readings.flatMap(({ incomeYear }) => incomeYear ?? []))];
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
  // Callers see no more of it than that it was our doing; whoever operates the service must find out what.
  if (fault.code === "INTERNAL" && fault.context.cause !== undefined) {
    tools.events.emit("fault masked", { requestId: undefined, error: fault.context.cause });
  }
  return transition(session, "failed", { problem: toProblem(fault) }, farewell(tools, session));
}

interface Call {
  readonly pan: Pan;
  readonly ticket?: Ticket;
  readonly answer: Promise<Stage>;
  /** What to do about an answer that is no. */
  readonly onFault: (fault: Fault) => Promise<Session | undefined>;
}

/** Takes in what came of a call that a session has waited for. */
export type AwaitStep = (session: Session, call: Call) => Promise<void>;

export function createAwaitStep(tools: SessionTools, transition: Transition, applyStep: ApplyStep): AwaitStep {
  async function take(session: Session, stage: Stage): Promise<Session | undefined> {
    try {
      return await applyStep(session, stage);
    } catch (thrown) {
      return fail(tools, transition, session, asFault(thrown));
    }
  }

  /** The login went on at the provider while the session was ended here: it is ended there, too. */
  async function leave(session: Session, pan: Pan, ticket: Ticket | undefined): Promise<void> {
    const { client } = loginProvider(tools, session.provider);
    if (client.close === undefined) return;
    await client.close(pan, ticket, neverAborted);
    await settle(tools, session, "SENT");
  }

  return async (session, { pan, ticket, answer, onFault }) => {
    const stage = await answer.catch(asFault);
    const taken = stage instanceof Fault ? await onFault(stage) : await take(session, stage);
    if (taken === undefined) await leave(session, pan, stage instanceof Fault ? ticket : stage.ticket);
  };
}
