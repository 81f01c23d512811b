import { asFault, batchByKey, type Clock, type Events, Fault, type FaultCode, neverAborted, pause } from "../kernel";
import type { ComplianceChecks } from "../reading";
import type { StoredTaxpayer, TaxpayerStore } from "../reading/ports";
import { toProblem } from "../sessions";
import type { Begun, CheckEnd, OpenCheck, RunStore } from "./ports";
import { type CheckAnswer, type Run, statesBefore, toKept } from "./run";

export interface WorkTools {
  readonly store: RunStore;
  readonly taxpayers: Pick<TaxpayerStore, "byPan" | "byId">;
  readonly checks: ComplianceChecks;
  readonly clock: Clock;
  readonly events: Events;
}

/** Why the work on a run ends before its time. */
type Stop = { readonly kind: "BUDGET" | "NOT_OURS" } | { readonly kind: "AWAY"; readonly fault: Fault };

/** A person to ask about. */
interface Question {
  readonly check: OpenCheck;
  readonly taxpayer: StoredTaxpayer;
}

/** What a failed call means for its person. */
interface Judgement {
  /** Nobody was answered and nobody pays: the call was refused, or broke off before an answer. */
  readonly isFree: boolean;
  /** The person is asked again. */
  readonly mayRepeat: boolean;
}

const checksAtOnce = 200;
const mostAttempts = 3;
/** So many failures in a row are the provider's, and not those of single people. */
const failuresThatPause = 5;
const usualRestMs = 5_000;
const longestRestMs = 60_000;
/** A call slot that is further off is no pace but a pause: the vendor's plan is used up for now. */
const longestSlotMs = 60_000;
const slotAgainMs = 250;
const announceEveryMs = 1_000;
/** Then the run that has waited longest is worked on. */
const sliceMs = 20_000;
const storeAgainMs = 500;

/** Failures that may be of the provider as a whole. All others are answers about one person. */
const judgements: Partial<Record<FaultCode, Judgement>> = {
  PROVIDER_UNAVAILABLE: { isFree: true, mayRepeat: true },
  PROVIDER_RATE_LIMITED: { isFree: true, mayRepeat: true },
  PROVIDER_REJECTED_US: { isFree: true, mayRepeat: true },
  PROVIDER_NOT_CONFIGURED: { isFree: true, mayRepeat: true },
  PORTAL_UNAVAILABLE: { isFree: true, mayRepeat: true },
  // It may have been answered, and is then paid for.
  PROVIDER_TIMEOUT: { isFree: false, mayRepeat: true },
  PROVIDER_BAD_RESPONSE: { isFree: false, mayRepeat: false },
  INTERNAL: { isFree: false, mayRepeat: false },
};

/** Works on a run that this process has claimed, until it ends, pauses or its slice of time is over. */
export function createWork({ store, taxpayers, checks, clock, events }: WorkTools) {
  /** What has happened at the provider is written down again until it is: a store error is no verdict. */
  async function lasting<Result>(write: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await write();
      } catch (thrown) {
        if (asFault(thrown).code !== "STORE_UNAVAILABLE") throw thrown;
        await pause(clock, storeAgainMs, neverAborted);
      }
    }
  }

  /** Gives the next lines rows of their own. False after the last. */
  async function unfoldNext(run: Run): Promise<boolean> {
    const portion = await store.nextPortion(run);
    if (portion === undefined) return false;
    const pans = portion.pans.filter((pan) => pan !== undefined);
    const taxpayerByPan = await taxpayers.byPan(run.tenant, pans);
    const ids = portion.pans.map((pan) => {
      const taxpayer = pan && taxpayerByPan.get(pan);
      return taxpayer && !taxpayer.erased ? taxpayer.id : undefined;
    });
    await store.unfold(run, portion, ids);
    return true;
  }

  /** An answer that was fetched since the run began is this run's own, however young answers have to be. */
  function heldFor(run: Run, taxpayer: StoredTaxpayer): CheckAnswer | undefined {
    const sinceStartMs = clock.now() - run.startedAtMs + 1;
    return checks.held(taxpayer, run.maxAgeMs === undefined ? undefined : Math.max(run.maxAgeMs, sinceStartMs));
  }

  return async function work(run: Run, signal: AbortSignal): Promise<void> {
    const sliceEndsAtMs = clock.now() + sliceMs;
    let isProbing = run.state === "PAUSED";
    let stop: Stop | undefined;
    let failuresInARow = 0;
    let announcedAtMs = -Infinity;
    const isStopped = () => stop !== undefined || signal.aborted;
    const begin = batchByKey((_run, ids: readonly string[]): Promise<Begun> => {
      const { provider, paise } = checks.source();
      return store.begin(run, ids, { provider: provider.id, paise }, clock.now());
    });
    const finish = batchByKey((_run, ends: readonly CheckEnd[]) => lasting(() => store.finish(run, ends, clock.now())));

    async function announce(): Promise<void> {
      if (clock.now() - announcedAtMs < announceEveryMs) return;
      announcedAtMs = clock.now();
      await store.announce(run);
    }

    /** False when the work has stopped meanwhile. */
    async function hasSlot(): Promise<boolean> {
      while (!isStopped()) {
        const waitMs = await checks.takeSlot();
        if (waitMs === 0) return true;
        if (waitMs > longestSlotMs) {
          const retryAfterSeconds = Math.ceil(waitMs / 1_000);
          const context = { provider: checks.source().provider.id, retryAfterSeconds };
          stop ??= { kind: "AWAY", fault: new Fault("PROVIDER_RATE_LIMITED", context) };
        } else await pause(clock, Math.min(waitMs, slotAgainMs), signal).catch(() => undefined);
      }
      return false;
    }

    async function resume(): Promise<void> {
      failuresInARow = 0;
      if (!isProbing) return;
      isProbing = false;
      const nowMs = clock.now();
      const moved = await store.move(run, { from: statesBefore.RUNNING, to: "RUNNING", dueAtMs: nowMs, nowMs });
      if (moved === undefined) stop ??= { kind: "NOT_OURS" };
    }

    /** Asks one person. The call is counted before it is made. */
    async function ask({ check: { taxpayerId, attempts }, taxpayer }: Question): Promise<void> {
      const shared = checks.join(run.tenant, taxpayer, neverAborted);
      if (shared) {
        const answer = await shared.catch(() => undefined);
        // What has failed for others is asked about again, as this run's own question.
        if (answer && answer.outcome !== "FAILED") await finish(run.id, [{ taxpayerId, answer: toKept(answer) }]);
        return;
      }
      if (!(await hasSlot())) return;
      const begun = await begin(run.id, [taxpayerId]);
      if (!begun.taxpayerIds.includes(taxpayerId)) {
        if (begun.refusal instanceof Fault) stop ??= { kind: "AWAY", fault: begun.refusal };
        else if (begun.refusal) stop ??= { kind: begun.refusal };
        return;
      }
      const answer = await checks.ask(run.tenant, taxpayer, neverAborted);
      const judged = answer.outcome === "FAILED" ? judgements[answer.fault.code] : undefined;
      if (answer.outcome !== "FAILED" || judged === undefined) {
        await finish(run.id, [{ taxpayerId, answer: toKept(answer) }]);
        await resume();
      } else await fail({ taxpayerId, attempts }, answer.fault, toKept(answer), judged);
    }

    async function fail(
      { taxpayerId, attempts }: OpenCheck,
      fault: Fault,
      answer: CheckEnd["answer"],
      { isFree, mayRepeat }: Judgement,
    ): Promise<void> {
      failuresInARow += 1;
      const isAway = isProbing || fault.context.retryAfterSeconds !== undefined || failuresInARow >= failuresThatPause;
      const isRepeated = mayRepeat && (isAway || attempts + 1 < mostAttempts);
      const { provider, paise } = checks.source();
      const refund = isFree ? { provider: provider.id, paise } : undefined;
      await finish(run.id, [{ taxpayerId, answer: isRepeated ? undefined : answer, refund }]);
      if (isAway) stop ??= { kind: "AWAY", fault };
    }

    /** What is stored costs nothing, and is answered first. */
    async function answerHeld(open: readonly OpenCheck[]): Promise<Question[]> {
      const ids = open.map(({ taxpayerId }) => taxpayerId);
      const taxpayerById = await taxpayers.byId(run.tenant, ids);
      const questions: Question[] = [];
      const ends: CheckEnd[] = [];
      for (const check of open) {
        const { taxpayerId } = check;
        const taxpayer = taxpayerById.get(taxpayerId);
        const isGone = taxpayer === undefined || taxpayer === "ERASED";
        const held = isGone ? undefined : heldFor(run, taxpayer);
        if (isGone) ends.push({ taxpayerId, answer: { outcome: "FAILED", problem: { code: "ERASED" } } });
        else if (held) ends.push({ taxpayerId, answer: toKept(held) });
        else questions.push({ check, taxpayer });
      }
      if (ends.length > 0) await finish(run.id, ends);
      return questions;
    }

    async function checkAll(open: readonly OpenCheck[]): Promise<void> {
      const questions = await answerHeld(open);
      await announce();
      const lane = async () => {
        try {
          for (let next = questions.shift(); next && !isStopped(); next = questions.shift()) {
            await ask(next);
            await announce();
          }
        } catch (thrown) {
          questions.length = 0;
          throw thrown;
        }
      };
      const { atOnce } = checks.source();
      // All lanes have ended before the claim is given up: another process would ask again what is under way here.
      const ended = await Promise.allSettled(Array.from({ length: isProbing ? 1 : atOnce }, lane));
      for (const each of ended) if (each.status === "rejected") throw each.reason;
    }

    async function settle(): Promise<void> {
      const nowMs = clock.now();
      if (stop?.kind === "BUDGET") {
        const problem = toProblem(new Fault("LIMIT_EXCEEDED", { field: "maxRupees", hint: "Its budget is used up." }));
        await store.move(run, { from: statesBefore.PAUSED, to: "PAUSED", problem, nowMs });
      } else if (stop?.kind === "AWAY") {
        const { fault } = stop;
        const outageMs = run.pausedAtMs === undefined || !isProbing ? 0 : nowMs - run.pausedAtMs;
        const restMs = Math.min(longestRestMs, Math.max(usualRestMs, outageMs / 4));
        const dueAtMs = nowMs + ((fault.context.retryAfterSeconds ?? 0) * 1_000 || restMs);
        await store.move(run, { from: statesBefore.PAUSED, to: "PAUSED", problem: toProblem(fault), dueAtMs, nowMs });
      }
    }

    try {
      while (!isStopped() && clock.now() < sliceEndsAtMs) {
        const open = await store.openChecks(run, isProbing ? 1 : checksAtOnce);
        if (open.length > 0) await checkAll(open);
        else if (!(await unfoldNext(run))) {
          await store.move(run, { from: statesBefore.FINISHED, to: "FINISHED", nowMs: clock.now() });
          return;
        }
      }
    } catch (thrown) {
      const fault = asFault(thrown);
      // An outage of the store is logged where it is noticed, and the run stays due.
      if (fault.code === "STORE_UNAVAILABLE") return;
      if (fault.code === "INTERNAL") events.emit("background failed", { what: "a run", error: thrown });
      stop ??= { kind: "AWAY", fault };
    }
    await lasting(settle);
  };
}
