import { asFault, Fault, neverAborted } from "../kernel";
import type { Reading, Ticket } from "../providers";
import { fail, keep } from "./progress";
import { type ProgressIn, type Session, toProblem, type WantedDocuments } from "./session";
import { loginProvider, type SessionTools } from "./tools";
import type { Transition } from "./transition";
import { hasCome, isSameDocument, missingOf, unsupportedIn, within } from "./wantedDocuments";

const mostTries = 4;
const readAgainAfterMs = 5_000;
/** What comes later than this is read when a caller asks for it. */
const longestRestMs = 5 * 60_000;

interface Outcome {
  /** What was wanted, as far as it came, failures included. */
  readonly readings: readonly Reading[];
  /** Set where something failed. */
  readonly fault: Fault | undefined;
  /** Set where the provider has answered as a whole. */
  readonly ticket?: Ticket;
}

/** Reads documents through an open login, and keeps each as soon as it comes. A failure is an outcome, and throws nothing. */
export async function readThrough(
  tools: SessionTools,
  session: Session,
  wanted: WantedDocuments,
  onKept: (kept: readonly Reading[]) => Promise<void> = () => Promise.resolve(),
): Promise<Outcome> {
  const waiting: Reading[] = [];
  const reported: Reading[] = [];
  const kept: Reading[] = [];
  let keeping = Promise.resolve();
  let isOver = false;
  const isUnderWay = () => !isOver;

  async function keepNew(readings: readonly Reading[]): Promise<boolean> {
    const answers = within(wanted, readings).filter(
      (reading) => hasCome(reading) && !kept.some((each) => isSameDocument(each, reading)),
    );
    await keep(tools, session, answers);
    kept.push(...answers);
    return answers.length > 0;
  }

  /** The vendor goes on while this is written. What comes meanwhile is written together, or with the end. */
  function onReadings(readings: readonly Reading[]): void {
    const isScheduled = waiting.length > 0;
    waiting.push(...readings);
    if (isScheduled || readings.length === 0) return;
    keeping = keeping.then(async () => {
      const come = waiting.splice(0);
      reported.push(...come);
      if (isUnderWay() && (await keepNew(come)) && isUnderWay()) await onKept(kept);
    });
    keeping.catch(() => undefined);
  }

  let outcome: Outcome;
  try {
    const secrets = await tools.store.secretsOf(session);
    if (secrets?.ticket === undefined) throw new Fault("SESSION_EXPIRED", { provider: session.provider });
    const { client } = loginProvider(tools, session.provider);
    const asked = { pan: secrets.pan, documents: wanted.documents, incomeYears: wanted.incomeYears };
    const { ticket, readings } = await client.read(secrets.ticket, asked, neverAborted, onReadings);
    outcome = { readings: within(wanted, readings), fault: undefined, ticket };
  } catch (thrown) {
    outcome = { readings: [], fault: asFault(thrown) };
  }
  isOver = true;
  try {
    await keeping;
    await keepNew(outcome.ticket === undefined ? reported : outcome.readings);
    // A vendor that fails half way may call what it has reported before failed as well.
    const others = outcome.readings.filter((reading) => !kept.some((each) => isSameDocument(each, reading)));
    const readings = [...kept, ...others];
    outcome = { ...outcome, readings, fault: outcome.fault ?? faultIn(readings) };
  } catch (thrown) {
    outcome = { ...outcome, readings: kept, fault: asFault(thrown) };
  }
  return outcome;
}

/** A login that is over comes first, then a failure that passes. */
function faultIn(readings: readonly Reading[]): Fault | undefined {
  const faults = readings.flatMap(({ answer }) => (answer.outcome === "FAILED" ? answer.fault : []));
  return faults.find(({ code }) => code === "SESSION_EXPIRED") ?? faults.find(({ mayPass }) => mayPass) ?? faults[0];
}

/** When to read again what has failed; undefined where that does not help, or would come too late. */
export function retryAfter(
  fault: Fault,
  tries: number,
): { readonly tries: number; readonly afterMs: number } | undefined {
  // A call that waits for one of our own slots has not been made.
  const isOurPace = fault.code === "PROVIDER_RATE_LIMITED" && fault.context.isOurRefusal === true;
  const triesMade = isOurPace ? tries : tries + 1;
  const afterMs = (fault.context.retryAfterSeconds ?? 0) * 1_000 || readAgainAfterMs;
  const helps = fault.mayPass && afterMs <= longestRestMs && triesMade < mostTries;
  return helps ? { tries: triesMade, afterMs } : undefined;
}

type AtReading = ProgressIn<"READING">;

export type SessionVersion = Pick<Session, "id" | "version">;

/** Makes a session READY with what can be had now. `onChanging` hears the session's versions on the way. */
export type ReadDocuments = (
  session: Session,
  at: AtReading,
  onChanging: (version: SessionVersion) => void,
) => Promise<void>;

export function createReadDocuments(tools: SessionTools, transition: Transition): ReadDocuments {
  const { clock } = tools;

  return async (session, at, onChanging) => {
    if (clock.now() >= session.expiresAtMs) return;
    const latest: { session: Session | undefined } = { session };
    let { hasAnswers } = at;
    const { logsInAtFirstRead } = loginProvider(tools, session.provider).terms;
    const { readings, fault, ticket } = await readThrough(tools, session, at, async (kept) => {
      hasAnswers = true;
      if (latest.session === undefined) return;
      // Until the first reading has ended, another one would log in again: a process that takes over must not read.
      const facts = { ...at, ...missingOf(at, kept), hasAnswers: at.hasAnswers || !logsInAtFirstRead };
      // Heard before it is written: a sweep that sees the new version must find it in hand.
      onChanging({ ...latest.session, version: latest.session.version + 1 });
      latest.session = await transition(latest.session, "someRead", facts, { owner: "THIS_PROCESS" });
    });
    const { session: current } = latest;
    if (current === undefined) return;
    hasAnswers ||= readings.some(({ answer }) => answer.outcome !== "FAILED");
    const keepsTicket = ticket && { ticket };
    const isWhole = fault === undefined;
    const found = unsupportedIn(at, readings, { isWhole });
    const unsupported = found.length > 0 ? { unsupported: found } : {};
    const missing = missingOf(at, readings);
    if (isWhole || missing.documents.length === 0) {
      await transition(current, "documentsRead", unsupported, { ...keepsTicket });
      return;
    }
    const retry = retryAfter(fault, at.tries);
    const hasEnded = ticket !== undefined || at.hasAnswers;
    if (hasAnswers) {
      const mayRepeat = retry && (hasEnded || !logsInAtFirstRead);
      const again = mayRepeat && { retry: { tries: retry.tries, atMs: clock.now() + retry.afterMs, ...missing } };
      const facts = { problem: toProblem(fault), missing, ...unsupported, ...again };
      await transition(current, "documentsRead", facts, {
        ...keepsTicket,
        ...(mayRepeat && { jobAfterMs: retry.afterMs }),
      });
      return;
    }
    // Where reading is what logs in, another reading is another login. A call that was not made is none.
    if (retry && (retry.tries === at.tries || !logsInAtFirstRead)) {
      const facts = { ...at, ...missing, tries: retry.tries, hasAnswers };
      await transition(current, "readAgain", facts, { ...keepsTicket, jobAfterMs: retry.afterMs });
    } else await fail(tools, transition, current, fault);
  };
}
