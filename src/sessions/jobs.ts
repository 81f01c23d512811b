import { Fault, asFault, neverAborted } from "../kernel";
import type { Transition } from "./transition";
import { createReadDocuments } from "./readDocuments";
import { end, logOut, logOutOrGiveUp, expiryOfSession } from "./ending";
import { isOver, phases, type Session, type ProgressIn } from "./session";
import { fail, type ApplyStep, isOutOfTime, wait } from "./progress";
import { loginProvider, type SessionTools } from "./tools";

type Waiting = ProgressIn<"WAITING">;

/** Asks the provider whether it is done. A poll that fails and may pass costs time and nothing else. */
function createPoll(
  tools: SessionTools,
  transition: Transition,
  applyStep: ApplyStep,
): (session: Session, at: Waiting) => Promise<void> {
  return async (session, { pollMs }) => {
    const ticket = (await tools.store.secretsOf(session))?.ticket;
    if (ticket === undefined) return;
    try {
      const { client } = loginProvider(tools, session.provider);
      if (client.poll === undefined) throw new Fault("INTERNAL", { note: "nobody to poll" });
      await applyStep(session, await client.poll(ticket, neverAborted));
    } catch (thrown) {
      const fault = asFault(thrown);
      const restMs = (fault.context.retryAfterSeconds ?? 0) * 1_000;
      const isLast = !fault.mayPass || isOutOfTime(session, tools.clock.now() + restMs);
      if (isLast) await fail(tools, transition, session, fault);
      else await wait(tools, transition, session, { pollMs, restMs });
    }
  };
}

export interface Work {
  /** What a job asks for: a poll, a reading, a logout. What fails here is tried again by whoever runs jobs. */
  onJob(session: Session): Promise<void>;
  /** What is due because time has passed, or because the process that was at it has died. */
  onDue(session: Session): Promise<void>;
}

/** All that happens to a session while nobody asks for anything. */
export function createWork(tools: SessionTools, transition: Transition, applyStep: ApplyStep): Work {
  const { store, clock } = tools;
  const poll = createPoll(tools, transition, applyStep);
  const bring = createReadDocuments(tools, transition);
  /** The same job may be found twice in this very process. */
  const inHand = new Set<string>();
  /** Work that this process has begun, and could not write down the end of. */
  const unfinished = new Set<string>();

  async function once(session: Session, work: (session: Session) => Promise<void>): Promise<void> {
    // A session that has changed meanwhile is another matter: its logout does not wait for a poll.
    const key = keyOf(session);
    if (inHand.has(key)) return;
    inHand.add(key);
    try {
      await work(session);
      unfinished.delete(key);
    } catch (thrown) {
      unfinished.add(key);
      throw thrown;
    } finally {
      inHand.delete(key);
    }
  }

  /** Whether the session is over by now, for want of time or of consent. */
  async function hasExpired(session: Session): Promise<boolean> {
    const expiry = await expiryOfSession(tools, session);
    if (expiry) await end(tools, transition, session, expiry.reason, { fault: expiry.fault });
    return expiry !== undefined;
  }

  async function goOn(session: Session): Promise<void> {
    const { progress } = session;
    if (progress.phase !== "WAITING" && progress.phase !== "READING") return;
    const claim = await store.claim(session);
    if (claim === "NOT_OURS") return;
    if (progress.phase === "WAITING") {
      await poll(session, progress);
      return;
    }
    // Where reading is what logs in, whoever was interrupted at it may have logged in, and nobody does so twice.
    const wasInterrupted = claim === "TAKEN_OVER" || unfinished.has(keyOf(session));
    const logsIn = !progress.hasAnswers && loginProvider(tools, session.provider).terms.logsInAtFirstRead;
    if (wasInterrupted && logsIn) await fail(tools, transition, session, interrupted());
    else await bring(session, progress);
  }

  /** It was asked for more by a process that has died at it. Whoever waits for that may ask again. */
  async function giveBack(session: Session): Promise<void> {
    if (session.progress.phase !== "READY" || (await store.claim(session)) === "NOT_OURS") return;
    await transition(session, "moreRead", session.progress);
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
        // The secret died with the process that had it, and nobody knows what the provider has made of it.
        await fail(tools, transition, session, interrupted());
      } else if (progress.phase === "AWAITING_OTP") {
        if (progress.otpExpiresAtMs <= clock.now()) await fail(tools, transition, session, new Fault("OTP_EXPIRED"));
      } else await once(session, progress.phase === "READY" ? giveBack : goOn);
    },
  };
}

function keyOf({ id, version }: Session): string {
  return `${id} ${version}`;
}

function interrupted(): Fault {
  return new Fault("INTERNAL", {
    hint: "The service was interrupted while it was logging in. Please open a new session.",
  });
}
