import { asFault, Fault, neverAborted } from "../kernel";
import type { Ticket, Reading } from "../providers";
import { lapseOf } from "../domain";
import type { Transition } from "./transition";
import { toProblem, type WantedDocuments, type ProgressIn, type Session } from "./session";
import { fail, keep } from "./progress";
import { loginProvider, type SessionTools, type Background } from "./tools";
import { missingOf, unsupportedIn, within } from "./wantedDocuments";
import { changeOf } from "./watch";

const mostTries = 4;
const againAfterMs = 5_000;
/** What would come later than this is asked for on demand: the session is ready without it. */
const longestRestMs = 5 * 60_000;

type Bringing = ProgressIn<"READING">;

/** Reads the documents that a session is still missing. What fails and may pass is asked for again a little later. */
export function createReadDocuments(
  tools: SessionTools,
  transition: Transition,
): (session: Session, at: Bringing) => Promise<void> {
  const { store, clock } = tools;

  async function read(session: Session, { documents, incomeYears }: Bringing) {
    const secrets = await store.secretsOf(session);
    if (secrets?.ticket === undefined) return undefined;
    const { client } = loginProvider(tools, session.provider);
    return client.read(secrets.ticket, { pan: secrets.pan, documents, incomeYears }, neverAborted);
  }

  /** What to do about what did not come: ask again, be content with the rest, or give up. */
  async function goOn(session: Session, missing: Bringing, fault: Fault, ticket?: Ticket): Promise<void> {
    const { tries, hasAnswers } = missing;
    const { logsInAtFirstRead } = loginProvider(tools, session.provider).terms;
    // Reading again what has never been read would be a second login where reading is what logs in.
    // A call that waits for one of our own slots has not been made, so it is no try and no login.
    const isOurPace = fault.code === "PROVIDER_RATE_LIMITED" && fault.context.isOurRefusal === true;
    const mayRepeat = hasAnswers || !logsInAtFirstRead || isOurPace;
    const keepsTicket = ticket && { ticket };
    const triesMade = isOurPace ? tries : tries + 1;
    const jobAfterMs = (fault.context.retryAfterSeconds ?? 0) * 1_000 || againAfterMs;
    const isSoon = jobAfterMs <= longestRestMs;
    if (fault.mayPass && mayRepeat && isSoon && triesMade < mostTries) {
      await transition(session, "readAgain", { ...missing, tries: triesMade }, { ...keepsTicket, jobAfterMs });
    } else if (hasAnswers) {
      const { documents, incomeYears } = missing;
      const facts = { problem: toProblem(fault), missing: { documents, incomeYears } };
      await transition(session, "documentsRead", facts, { ...keepsTicket });
    } else {
      await fail(tools, transition, session, fault);
    }
  }

  return async (session, at) => {
    if (clock.now() >= session.expiresAtMs) return;
    try {
      const outcome = await read(session, at);
      if (outcome === undefined) return;
      const { ticket, readings } = outcome;
      const told = within(at, readings);
      const brought = told.filter(({ answer }) => answer.outcome !== "FAILED");
      await keep(tools, session, brought);
      const faults = readings.flatMap(({ answer }) => (answer.outcome === "FAILED" ? answer.fault : []));
      const fault = faults.find(({ retryable }) => retryable) ?? faults[0];
      if (fault === undefined) {
        const unsupported = unsupportedIn(at, told, { isWhole: true });
        await transition(session, "documentsRead", unsupported.length > 0 ? { unsupported } : {}, { ticket });
        return;
      }
      const hasAnswers = at.hasAnswers || brought.length > 0;
      await goOn(session, { ...at, ...missingOf(at, brought), hasAnswers }, fault, ticket);
    } catch (thrown) {
      await goOn(session, at, asFault(thrown));
    }
  };
}

/** Documents that somebody wants of a session that is ready, and the consent that lets them have those. */
interface MoreWanted extends WantedDocuments {
  readonly tenant: string;
  readonly sessionId: string;
  /** The version that is known. What was brought since may be what is wanted. */
  readonly version: number;
  readonly consentId: string;
}

/** LOOK_AGAIN: somebody else has asked the session for something meanwhile, perhaps for the same. */
type ReadOutcome = "LOOK_AGAIN" | { readonly fault: Fault | undefined };

export type ReadMore = (wanted: MoreWanted) => Promise<ReadOutcome>;

/**
 * Reads more through a login that is open. One reading at a time, whichever process is at it: the others wait for its
 * end, and then look for themselves. It goes on when those who asked have left, since it is paid for.
 */
export function createReadMore(tools: SessionTools, transition: Transition, background: Background): ReadMore {
  const { store, consents, clock } = tools;
  /** Ownership is a process's, so that within one process this tells whose turn it is. */
  const underWay = new Map<string, Promise<unknown>>();

  /** Counted before the reading, so that one which dies on the way has been counted. */
  async function refusalOf({ tenant, consentId }: MoreWanted, { count }: { readonly count: boolean }) {
    const nowMs = clock.now();
    if (count && (await consents.countFetch(tenant, consentId, nowMs))) return undefined;
    const consent = (await consents.byId(tenant, [consentId])).get(consentId);
    const expiry = consent ? lapseOf(consent, nowMs) : new Fault("CONSENT_REQUIRED");
    if (expiry) return expiry;
    const { mostFetches = Infinity, fetches = 0 } = consent ?? {};
    return count || fetches >= mostFetches ? exhausted() : undefined;
  }

  async function refuse(session: Session, { consentId }: MoreWanted, fault: Fault): Promise<ReadOutcome> {
    const { tenant, taxpayerId, id: sessionId } = session;
    const refused = { kind: "REFUSED", atMs: clock.now(), code: fault.code } as const;
    await consents.record(tenant, [{ ...refused, taxpayerId, consentId, sessionId }]);
    return { fault };
  }

  async function read(session: Session, { documents, incomeYears, consentId }: MoreWanted): Promise<ReadOutcome> {
    const wish = { documents, incomeYears };
    try {
      const secrets = await store.secretsOf(session);
      if (secrets?.ticket === undefined) throw new Fault("SESSION_EXPIRED", { provider: session.provider });
      const { client } = loginProvider(tools, session.provider);
      const { ticket, readings } = await client.read(secrets.ticket, { pan: secrets.pan, ...wish }, neverAborted);
      const told = within(wish, readings);
      await keep(tools, { ...session, consentId }, told.filter(isKept));
      const fault = faultIn(told);
      await stayReady(session, wish, told, fault, { ticket });
      return { fault };
    } catch (thrown) {
      const fault = asFault(thrown);
      await stayReady(session, wish, [], fault, {});
      return { fault };
    }
  }

  /** A login that the provider no longer knows is over; anything else concerns what was wanted, and not the session. */
  async function stayReady(
    session: Session,
    wish: WantedDocuments,
    told: readonly Reading[],
    fault: Fault | undefined,
    extras: Parameters<Transition>[3],
  ): Promise<void> {
    if (fault?.code === "SESSION_EXPIRED") {
      await fail(tools, transition, session, fault);
      return;
    }
    const { progress } = session;
    const known = progress.phase === "READY" ? (progress.unsupported ?? []) : [];
    const unsupported = [...known, ...unsupportedIn(wish, told, { isWhole: fault === undefined })];
    await transition(
      session,
      "moreRead",
      {
        ...(unsupported.length > 0 && { unsupported }),
        ...(fault && { problem: toProblem(fault), missing: missingOf(wish, told) }),
      },
      extras,
    );
  }

  async function begin(wanted: MoreWanted): Promise<ReadOutcome> {
    const { tenant, sessionId, version } = wanted;
    const session = (await store.byId(tenant, [sessionId])).get(sessionId);
    if (session?.version !== version || session.progress.phase !== "READY") return "LOOK_AGAIN";
    const refusal = await refusalOf(wanted, { count: false });
    if (refusal) return refuse(session, wanted, refusal);
    if ((await store.claim(session)) === "NOT_OURS") {
      await changeOf(tools, session);
      return "LOOK_AGAIN";
    }
    const late = await refusalOf(wanted, { count: true });
    if (late === undefined) return read(session, wanted);
    // Given back as it was.
    await transition(session, "moreRead", session.progress);
    return refuse(session, wanted, late);
  }

  return async (wanted) => {
    const { sessionId } = wanted;
    const before = underWay.get(sessionId);
    if (before) {
      await before.catch(() => undefined);
      return "LOOK_AGAIN";
    }
    const reading = begin(wanted).finally(() => underWay.delete(sessionId));
    underWay.set(sessionId, reading);
    background(reading.then(() => undefined));
    return reading;
  };
}

function isKept({ answer: { outcome } }: Reading): boolean {
  return outcome === "FOUND" || outcome === "ABSENT";
}

function faultIn(readings: readonly Reading[]): Fault | undefined {
  const faults = readings.flatMap(({ answer }) => (answer.outcome === "FAILED" ? answer.fault : []));
  return (
    faults.find(({ code }) => code === "SESSION_EXPIRED") ?? faults.find(({ retryable }) => retryable) ?? faults[0]
  );
}

function exhausted(): Fault {
  return new Fault("CONSENT_EXCEEDED", { hint: "It allows no further fetch." });
}
