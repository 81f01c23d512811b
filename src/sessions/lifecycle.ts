import { LRUCache } from "lru-cache";
import type { AuditedCaller, Pan } from "../domain";
import { Fault } from "../kernel";
import { type OpenLogin, type SessionOutcome, toOpenLogin, type Session } from "./session";
import { createTransition } from "./transition";
import { atMost, createBackground, type SessionTools } from "./tools";
import { createClaims } from "./claims";
import { type AfterCall, createLastingWrites, isStoreAway } from "./lastingWrites";
import { createReadDocuments } from "./readDocuments";
import { createReadMore, type ReadMore } from "./readMore";
import { createAwaitStep, createApplyStep } from "./progress";
import { end, logOutOrGiveUp } from "./ending";
import { createOpen, type OpenRequest } from "./opening";
import { outOfStep, createSubmitOtp, type OtpSubmission } from "./submitOtp";
import type { ErasureReceipt, Jobs, KeptConsent } from "./ports";
import { watchSession } from "./watch";
import { createWork } from "./jobs";

/** The face of this folder: the mutations, the watch and the background work of sessions. Another tenant's id is NOT_FOUND. */
export interface Sessions {
  open(request: OpenRequest): Promise<SessionOutcome>;
  submitOtp(tenant: string, id: string, submission: OtpSubmission): Promise<SessionOutcome>;
  resendOtp(tenant: string, id: string): Promise<SessionOutcome>;
  close(tenant: string, id: string, by?: AuditedCaller): Promise<SessionOutcome>;
  revokeConsent(tenant: string, consentId: string, by?: AuditedCaller): Promise<KeptConsent>;
  erase(tenant: string, pan: Pan, by?: AuditedCaller): Promise<ErasureReceipt>;
  /** Reads documents through a session that is READY. */
  readonly readMore: ReadMore;
  /** The sessions of these taxpayers that are not over. */
  openLogins(tenant: string, taxpayerIds: readonly string[]): Promise<readonly OpenLogin[]>;
  watch(tenant: string, id: string): Promise<AsyncIterableIterator<Session>>;
  /** Works on jobs, and sweeps, with what else is to be swept, until the jobs are stopped. */
  runJobs(jobs: Jobs, alsoSweep?: () => Promise<void>): Promise<void>;
  /** Waits for the steps under way, for this long at most. What cannot be written down by then is logged out. */
  drain(mostMs: number): Promise<void>;
}

const sweepMs = 2_000;
const sweepPatienceMs = 10_000;
const longestRestMs = 60_000;

export function createSessions(tools: SessionTools): Sessions {
  const { store, consents, erasures, clock, events } = tools;
  const background = createBackground(clock, events);
  let hasFailedToRecord = false;
  const failuresById = new LRUCache<string, number>({ max: 1_000 });
  const transition = createTransition(tools);
  const lasting = createLastingWrites(tools);
  const after: AfterCall = { tools: lasting.tools, transition: createTransition(lasting.tools) };
  const applyStep = createApplyStep(after.tools, after.transition);
  const awaitStep = createAwaitStep(after.tools, after.transition, applyStep);
  const submitOtp = createSubmitOtp(tools, transition, after, awaitStep, background.run);
  const claims = createClaims(store, clock);
  const readDocuments = createReadDocuments(after.tools, after.transition);
  const { readMore, readMissing } = createReadMore(after.tools, after.transition, claims, background.run);
  const work = createWork(after.tools, { ...after, claims, applyStep, readDocuments, readMissing });
  const open = createOpen(tools, after, awaitStep, work, background.run);

  /**
   * A session that fails again and again must hold up no other, and is reported once. The first times it is set back for a moment
   * only: another process may be able to do what this one cannot.
   */
  async function setBack(session: Session, error: unknown): Promise<void> {
    if (isStoreAway(error)) return;
    const failures = (failuresById.get(session.id) ?? 0) + 1;
    if (failures === 1) events.emit("background failed", { what: "a session that is due", error });
    failuresById.set(session.id, failures);
    const restMs = Math.min(longestRestMs, sweepMs * 2 ** (failures - 1));
    await store.setBack(session, clock.now() + restMs).catch(() => undefined);
  }

  /** A failure must not hold up sessions that are due. It is reported once. */
  async function recordExpired(): Promise<void> {
    try {
      await consents.recordExpired(clock.now());
      hasFailedToRecord = false;
    } catch (error) {
      if (!hasFailedToRecord && !isStoreAway(error)) {
        events.emit("background failed", { what: "recording expired consents", error });
      }
      hasFailedToRecord = true;
    }
  }

  async function find(tenant: string, id: string): Promise<Session> {
    const session = (await store.byId(tenant, [id])).get(id);
    if (session === undefined) throw new Fault("NOT_FOUND", { field: "id" });
    return session;
  }

  return {
    open,
    submitOtp: async (tenant, id, submission) => submitOtp(await find(tenant, id), submission),

    async resendOtp(tenant, id) {
      const session = await find(tenant, id);
      if (session.progress.phase !== "AWAITING_OTP") return outOfStep(tools, session);
      // Every vendor sends the one-time password with the login, which needs the taxpayer's password.
      const hint = "It is sent once for each login: close this session and open another for a new one.";
      return { session, problem: new Fault("OTP_NOT_SENT", { provider: session.provider, hint }), replayed: false };
    },

    close: async (tenant, id, by) => ({
      session: await end(tools, transition, await find(tenant, id), "CLOSED_BY_CALLER", { by }),
      replayed: false,
    }),

    async revokeConsent(tenant, consentId, by) {
      const consent = await consents.revoke(tenant, consentId, clock.now(), by);
      if (consent === undefined) throw new Fault("NOT_FOUND", { field: "consentId" });
      const live = await store.live(tenant, { consentId });
      await Promise.all(
        live.map((session) =>
          end(tools, transition, session, "CONSENT_REVOKED", { fault: new Fault("CONSENT_REVOKED"), by }),
        ),
      );
      return consent;
    },

    async erase(tenant, pan, by) {
      for (;;) {
        const erased = await erasures.erase(tenant, pan, clock.now(), by);
        if ("receipt" in erased) return erased.receipt;
        // The PAN that a logout needs is erased with the rest, so the logout comes first.
        await Promise.all(
          erased.openSessions.map(async (session) => {
            const ended = await end(tools, transition, session, "ERASED", { fault: new Fault("ERASED"), by });
            await logOutOrGiveUp(tools, ended);
          }),
        );
      }
    },

    readMore,
    openLogins: async (tenant, taxpayerIds) => (await store.live(tenant, { taxpayerIds })).map(toOpenLogin),

    watch: async (tenant, id) => watchSession(tools, await find(tenant, id)),

    async runJobs(jobs, alsoSweep) {
      await jobs.work(async ({ tenant, sessionId }) => {
        const session = (await store.byId(tenant, [sessionId])).get(sessionId);
        if (session) await work.onJob(session);
      });
      await jobs.sweep(sweepMs, async () => {
        if (alsoSweep) background.run(alsoSweep());
        await recordExpired();
        const due = await store.overdue(clock.now());
        const worked = due.map((session) => work.onDue(session).catch((error: unknown) => setBack(session, error)));
        const all = Promise.all(worked).then(() => undefined);
        background.run(all);
        // A vendor that is slow with its logouts must not hold up what is due elsewhere: the next sweep leaves those out.
        await atMost(clock, sweepPatienceMs, all);
      });
    },

    async drain(mostMs) {
      await background.drain(mostMs);
      lasting.giveUp();
      await background.drain(mostMs);
    },
  };
}
