import { asFault, Fault, neverAborted } from "../kernel";
import type { Claims } from "./claims";
import { end, expiryOfSession, logOut, logOutOrGiveUp } from "./ending";
import { type ApplyStep, fail, isOutOfTime, wait } from "./progress";
import type { ReadDocuments, SessionVersion } from "./readDocuments";
import { giveBack, type MoreReading } from "./readMore";
import { isOver, phases, type ProgressIn, type Session } from "./session";
import { loginProvider, type SessionTools } from "./tools";
import type { Transition } from "./transition";

/** The work on sessions that no caller waits for. */
export interface SessionWork {
  /** A job is due: a poll, a reading or a logout. The queue tries again what throws. */
  onJob(session: Session): Promise<void>;
  /** The sweep has found the session: its time has passed, or the process that worked on it has died. */
  onDue(session: Session): Promise<void>;
}

interface WorkParts {
  readonly transition: Transition;
  readonly claims: Claims;
  readonly applyStep: ApplyStep;
  readonly readDocuments: ReadDocuments;
  readonly readMissing: MoreReading["readMissing"];
}

export function createWork(tools: SessionTools, parts: WorkParts): SessionWork {
  const { transition, claims, applyStep, readDocuments, readMissing } = parts;
  const { clock } = tools;
  /** The queue and the sweep may both find a session in this process. Versions, so that a logout waits for no poll. */
  const inHand = new Set<string>();

  async function once(
    session: Session,
    work: (session: Session, onChanging: (version: SessionVersion) => void) => Promise<void>,
  ): Promise<void> {
    if (inHand.has(versionOf(session))) return;
    const versions: string[] = [];
    const hold = (version: SessionVersion) => {
      versions.push(versionOf(version));
      inHand.add(versionOf(version));
    };
    hold(session);
    try {
      await work(session, hold);
    } finally {
      for (const version of versions) inHand.delete(version);
    }
  }

  /** Ends a session whose time or consent is over. */
  async function hasExpired(session: Session): Promise<boolean> {
    const expiry = await expiryOfSession(tools, session);
    if (expiry) await end(tools, transition, session, expiry.reason, { fault: expiry.fault });
    return expiry !== undefined;
  }

  /** A poll that fails and may pass costs time, and nothing else. */
  async function poll(session: Session, { pollMs }: ProgressIn<"WAITING">): Promise<void> {
    const ticket = (await tools.store.secretsOf(session))?.ticket;
    if (ticket === undefined) {
      // Either the session is over meanwhile, and this changes nothing, or the keys were not restored with it.
      await fail(tools, transition, session, new Fault("SESSION_EXPIRED", { provider: session.provider }));
      return;
    }
    try {
      const { client } = loginProvider(tools, session.provider);
      if (client.poll === undefined) throw new Fault("INTERNAL", { note: "the provider has no poll" });
      await applyStep(session, await client.poll(ticket, neverAborted));
    } catch (thrown) {
      const fault = asFault(thrown);
      const restMs = (fault.context.retryAfterSeconds ?? 0) * 1_000;
      const isLast = !fault.mayPass || isOutOfTime(session, clock.now() + restMs);
      if (isLast) await fail(tools, transition, session, fault);
      else await wait(tools, transition, session, { pollMs, restMs });
    }
  }

  async function goOn(session: Session, onChanging: (version: SessionVersion) => void): Promise<void> {
    const { progress } = session;
    if (progress.phase === "READY") return readMissing(session);
    if (progress.phase !== "WAITING" && progress.phase !== "READING") return;
    await claims.hold(session, async (isTakenOver) => {
      if (progress.phase === "WAITING") return poll(session, progress);
      // Where reading is what logs in, unfinished work may have logged in, and a login is never made twice.
      const logsIn = !progress.hasAnswers && loginProvider(tools, session.provider).terms.logsInAtFirstRead;
      if (isTakenOver && logsIn) await fail(tools, transition, session, interrupted());
      else await readDocuments(session, progress, onChanging);
    });
  }

  /** A process that read for a caller has died, or what has failed is due to be read again. */
  async function goOnWhenReady(session: Session, at: ProgressIn<"READY">): Promise<void> {
    if (at.retry && at.retry.atMs <= clock.now()) await readMissing(session);
    else await claims.hold(session, () => giveBack(transition, session, at));
  }

  return {
    async onJob(session) {
      if (isOver(session)) await once(session, (over) => logOut(tools, over));
      else if (!(await hasExpired(session))) await once(session, goOn);
    },

    async onDue(session) {
      const { progress } = session;
      if (isOver(session)) await once(session, (over) => logOutOrGiveUp(tools, over));
      else if (await hasExpired(session)) return;
      else if (phases[progress.phase].isCalling) {
        // The secret died with its process, and what the provider has made of it is unknown.
        await fail(tools, transition, session, interrupted());
      } else if (progress.phase === "AWAITING_OTP") {
        if (progress.otpExpiresAtMs <= clock.now()) await fail(tools, transition, session, new Fault("OTP_EXPIRED"));
      } else if (progress.phase === "READY") await once(session, () => goOnWhenReady(session, progress));
      else await once(session, goOn);
    },
  };
}

function versionOf({ id, version }: SessionVersion): string {
  return `${id} ${version}`;
}

function interrupted(): Fault {
  return new Fault("INTERNAL", {
    hint: "The service was interrupted while it was logging in. Please open a new session.",
  });
}
