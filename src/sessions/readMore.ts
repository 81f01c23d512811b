import { lapseOf } from "../domain";
import { Fault } from "../kernel";
import type { Reading } from "../providers";
import type { Claims } from "./claims";
import { fail } from "./progress";
import { readThrough, retryAfter } from "./readDocuments";
import { type ProgressIn, type Session, toProblem, type WantedDocuments } from "./session";
import type { Background, SessionTools } from "./tools";
import type { Transition } from "./transition";
import { missingOf, unsupportedIn } from "./wantedDocuments";
import { changeOf } from "./watch";

/** Documents that a caller wants through a session that is READY, under a consent that covers them. */
interface MoreWanted extends WantedDocuments {
  readonly tenant: string;
  readonly sessionId: string;
  /** The version that the caller knows. A later one may have brought what is wanted. */
  readonly version: number;
  readonly consentId: string;
}

/** LOOK_AGAIN: the session has changed, or another reading has just ended, perhaps with the same documents. */
type ReadOutcome = "LOOK_AGAIN" | { readonly fault: Fault | undefined };

export type ReadMore = (wanted: MoreWanted) => Promise<ReadOutcome>;

export interface MoreReading {
  /** For a caller. The reading goes on when the caller has left, since it is paid for. */
  readonly readMore: ReadMore;
  /** In the background, where a document has failed that may come later. */
  readonly readMissing: (session: Session) => Promise<void>;
}

type AtReady = ProgressIn<"READY">;

/** Reads through a session that is READY: one reading at a time, among all processes. */
export function createReadMore(
  tools: SessionTools,
  transition: Transition,
  claims: Claims,
  background: Background,
): MoreReading {
  const { store, consents, clock } = tools;
  /** A claim is a process's, so this tells the readings of one process apart. By session id. */
  const underWay = new Map<string, Promise<unknown>>();

  function alone<Result>(sessionId: string, read: () => Promise<Result>): Promise<Result> {
    const reading = read().finally(() => underWay.delete(sessionId));
    underWay.set(sessionId, reading);
    return reading;
  }

  /** A fetch is counted before it is made, so that one whose process dies has been counted. */
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

  async function read(
    session: Session,
    at: AtReady,
    wanted: WantedDocuments,
    { isRetry }: { readonly isRetry: boolean },
  ): Promise<ReadOutcome> {
    const { readings, fault, ticket } = await readThrough(tools, session, wanted);
    // A login that the provider no longer knows is over. Any other failure is of the documents, not of the session.
    if (fault?.code === "SESSION_EXPIRED") {
      await fail(tools, transition, session, fault);
      return { fault };
    }
    const found = unsupportedIn(wanted, readings, { isWhole: fault === undefined });
    const unsupported = [...(at.unsupported ?? []), ...found];
    const retry = retryLeft(at, readings, isRetry ? { fault } : undefined);
    // What is to be read again keeps its problem, whatever a caller has read meanwhile.
    const failure = fault
      ? { problem: toProblem(fault), missing: missingOf(wanted, readings) }
      : retry &&
        at.problem && {
          problem: at.problem,
          missing: { documents: retry.documents, incomeYears: retry.incomeYears },
        };
    await transition(
      session,
      "moreRead",
      { ...(unsupported.length > 0 && { unsupported }), ...failure, ...(retry && { retry }) },
      { ...(ticket && { ticket }), ...(retry && { jobAfterMs: Math.max(0, retry.atMs - clock.now()) }) },
    );
    return { fault };
  }

  /** What is to be read again after these readings. `ended` is set where they were such a retry themselves. */
  function retryLeft(
    { retry }: AtReady,
    readings: readonly Reading[],
    ended: { readonly fault: Fault | undefined } | undefined,
  ): AtReady["retry"] {
    if (retry === undefined) return undefined;
    const left = missingOf(retry, readings);
    if (left.documents.length === 0) return undefined;
    if (ended === undefined) return { ...retry, ...left };
    const next = ended.fault && retryAfter(ended.fault, retry.tries);
    return next && { ...left, tries: next.tries, atMs: clock.now() + next.afterMs };
  }

  async function begin(wanted: MoreWanted): Promise<ReadOutcome> {
    const { tenant, sessionId, version, consentId } = wanted;
    const session = (await store.byId(tenant, [sessionId])).get(sessionId);
    const at = session?.progress;
    if (session?.version !== version || at?.phase !== "READY") return "LOOK_AGAIN";
    const refusal = await refusalOf(wanted, { count: false });
    if (refusal) return refuse(session, wanted, refusal);
    const outcome = await claims.hold(session, async () => {
      const late = await refusalOf(wanted, { count: true });
      if (late === undefined) return read({ ...session, consentId }, at, wanted, { isRetry: false });
      await giveBack(transition, session, at);
      return refuse(session, wanted, late);
    });
    if (outcome !== "NOT_OURS") return outcome;
    await changeOf(tools, session);
    return "LOOK_AGAIN";
  }

  return {
    async readMore(wanted) {
      const before = underWay.get(wanted.sessionId);
      if (before) {
        await before.catch(() => undefined);
        return "LOOK_AGAIN";
      }
      const reading = alone(wanted.sessionId, () => begin(wanted));
      background(reading.then(() => undefined));
      return reading;
    },

    async readMissing({ tenant, id }) {
      for (let before = underWay.get(id); before; before = underWay.get(id)) await before.catch(() => undefined);
      await alone(id, async () => {
        const session = (await store.byId(tenant, [id])).get(id);
        const at = session?.progress;
        if (session === undefined || at?.phase !== "READY" || at.retry === undefined) return;
        const { documents, incomeYears } = at.retry;
        // Another process that reads now sends this job again.
        await claims.hold(session, () => read(session, at, { documents, incomeYears }, { isRetry: true }));
      });
    },
  };
}

/** Ends a claim on a session that is READY, and changes nothing. */
export async function giveBack(transition: Transition, session: Session, at: AtReady): Promise<void> {
  await transition(session, "moreRead", at);
}

function exhausted(): Fault {
  return new Fault("CONSENT_EXCEEDED", { hint: "It allows no further fetch." });
}
