import { asFault, batchByKey, type Clock, type Events, Fault, neverAborted, pause } from "../kernel";
import type { ComplianceChecks } from "../reading";
import type { StoredTaxpayer, TaxpayerStore } from "../reading/ports";
import { toProblem } from "../sessions";
import type { CheckEnd, OpenCheck, RunStore } from "./ports";
import { type CheckAnswer, type Run, statesBefore, toKept } from "./run";

export interface WorkTools {
  readonly store: RunStore;
  readonly taxpayers: Pick<TaxpayerStore, "byPan" | "byId">;
  readonly checks: ComplianceChecks;
  readonly clock: Clock;
  readonly events: Events;
}

/** What an attempt comes to: the person has an answer, is asked again, or the whole run stops. */
type Stop = { readonly kind: "BUDGET" | "NOT_OURS" } | { readonly kind: "AWAY"; readonly fault: Fault };

const checksAtOnce = 200;
const atOnce = 4;
const mostAttempts = 3;
/** So many failures in a row are the provider's, and not those of single people. */
const failuresThatPause = 5;
const usualRestMs = 10_000;
const announceEveryMs = 1_000;
/** Then the run that has waited longest is worked on. */
const sliceMs = 20_000;
const storeAgainMs = 500;

/** The provider, or our account there, does not answer anybody at the moment. */
const awayCodes: readonly string[] = [
  "PROVIDER_UNAVAILABLE",
  "PROVIDER_TIMEOUT",
  "PROVIDER_RATE_LIMITED",
  "PROVIDER_REJECTED_US",
  "PROVIDER_NOT_CONFIGURED",
  "PORTAL_UNAVAILABLE",
  "INTERNAL",
];

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

  async function unfoldNext(run: Run): Promise<boolean> {
    const portion = await store.nextPortion(run);
    if (portion === undefined) return false;
    const pans = portion.pans.filter((pan) => pan !== undefined);
    const taxpayerByPan = await taxpayers.byPan(run.tenant, pans);
    const ids = portion.pans.map((pan) => {
      const taxpayer = pan && taxpayerByPan.get(pan);
      return taxpayer && !taxpayer.erased ? taxpayer.id : undefined;
    });
    await store.unfold(run, portion, ids, clock.now());
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
    const begin = batchByKey<string, Awaited<ReturnType<RunStore["begin"]>>>((_key, ids) => {
      const { provider, paise } = checks.source();
      return store.begin(run, ids, { provider: provider.id, paise }, clock.now());
    });
    const finish = batchByKey((_key, ends: readonly CheckEnd[]) => lasting(() => store.finish(run, ends, clock.now())));
    const isStopped = () => stop !== undefined || signal.aborted;

    async function announce(): Promise<void> {
      if (clock.now() - announcedAtMs < announceEveryMs) return;
      announcedAtMs = clock.now();
      await store.announce(run);
    }

    async function resume(): Promise<void> {
      if (!isProbing) return;
      isProbing = false;
      const moved = await store.move(run, {
        ...{ from: statesBefore.RUNNING, to: "RUNNING", nowMs: clock.now(), dueAtMs: clock.now() },
      });
      if (moved === undefined) stop ??= { kind: "NOT_OURS" };
    }

    /** Asks one person. The call is counted before it is made. */
    async function check({ taxpayerId, attempts }: OpenCheck, taxpayer: StoredTaxpayer): Promise<void> {
      const { provider, paise } = checks.source();
      const shared = checks.join(run.tenant, taxpayer, signal);
      if (shared) {
        const answer = await shared.catch(() => undefined);
        // What failed for others is asked for once more, as this run's own question.
        if (answer && answer.outcome !== "FAILED") await finish(run.id, [{ taxpayerId, answer: toKept(answer) }]);
        return;
      }
      const begun = await begin(run.id, [taxpayerId]);
      if (!begun.taxpayerIds.includes(taxpayerId)) {
        if (begun.refusal instanceof Fault) stop ??= { kind: "AWAY", fault: begun.refusal };
        else if (begun.refusal) stop ??= { kind: begun.refusal };
        return;
      }
      const answer = await checks.ask(run.tenant, taxpayer, neverAborted);
      if (answer.outcome !== "FAILED" || !awayCodes.includes(answer.fault.code)) {
        failuresInARow = 0;
        await finish(run.id, [{ taxpayerId, answer: toKept(answer) }]);
        await resume();
        return;
      }
      const { fault } = answer;
      failuresInARow += 1;
      const isNobodysFault = fault.code === "PROVIDER_TIMEOUT" || fault.code === "INTERNAL";
      const refund = isNobodysFault ? undefined : { provider: provider.id, paise };
      const isAway = isProbing || fault.context.retryAfterSeconds !== undefined || failuresInARow >= failuresThatPause;
      const isLast = !isAway && attempts + 1 >= mostAttempts;
      await finish(run.id, [{ taxpayerId, answer: isLast ? toKept(answer) : undefined, refund }]);
      if (isAway) stop ??= { kind: "AWAY", fault };
    }

    async function checkAll(open: readonly OpenCheck[]): Promise<void> {
      const taxpayerById = await taxpayers.byId(
        run.tenant,
        open.map(({ taxpayerId }) => taxpayerId),
      );
      const toAsk: { readonly check: OpenCheck; readonly taxpayer: StoredTaxpayer }[] = [];
      const ends: CheckEnd[] = [];
      for (const each of open) {
        const taxpayer = taxpayerById.get(each.taxpayerId);
        if (taxpayer === undefined || taxpayer === "ERASED") {
          ends.push({ taxpayerId: each.taxpayerId, answer: { outcome: "FAILED", problem: { code: "ERASED" } } });
          continue;
        }
        const held = heldFor(run, taxpayer);
        if (held) ends.push({ taxpayerId: each.taxpayerId, answer: toKept(held) });
        else toAsk.push({ check: each, taxpayer });
      }
      if (ends.length > 0) await finish(run.id, ends);
      await announce();
      const lane = async () => {
        while (!isStopped()) {
          const next = toAsk.shift();
          if (next === undefined) return;
          await check(next.check, next.taxpayer);
          await announce();
        }
      };
      await Promise.all(Array.from({ length: isProbing ? 1 : atOnce }, lane));
    }

    async function settle(): Promise<void> {
      const nowMs = clock.now();
      if (stop?.kind === "BUDGET") {
        const problem = toProblem(new Fault("LIMIT_EXCEEDED", { field: "maxRupees", hint: "Its budget is used up." }));
        await store.move(run, { from: statesBefore.PAUSED, to: "PAUSED", problem, nowMs });
      } else if (stop?.kind === "AWAY") {
        const { fault } = stop;
        const restMs = (fault.context.retryAfterSeconds ?? 0) * 1_000 || usualRestMs;
        const dueAtMs = nowMs + restMs;
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
      if (asFault(thrown).code !== "STORE_UNAVAILABLE")
        events.emit("background failed", { what: "a run", error: thrown });
      stop ??= { kind: "AWAY", fault: asFault(thrown) };
    }
    await lasting(settle);
  };
}
