import { failed } from "../domain";
import { asFault, deadlineAfter, DeadlineExpired, Fault, unlessAborted } from "../kernel";
import type { DocumentOfYear, OpenLogin } from "../sessions";
import { type Asker, keyOf, type Question, type ReadingTools } from "./question";
import { includes, sessionReadsFor, type SessionRead } from "./sessionReads";
import { answeredWithout, type Answered, type AnswerFromStore } from "./answerFromStore";
import type { StoredTaxpayer } from "./ports";
import type { Budget } from "./budget";

/** A session reads for one caller at a time, so that a caller may have to wait for several others. */
const mostRounds = 20;
const mostWaitMs = 60_000;

/** A question that an open session may answer, and its answer when none does. */
export interface OpenQuestion {
  readonly question: Question;
  readonly otherwise: Answered;
}

/**
 * Answers what open sessions can read. All answers come from the store, so it does not matter for which caller a session
 * has read.
 */
export function createReadThroughSession(tools: ReadingTools, answerFromStore: AnswerFromStore, budget: Budget) {
  const { store, sessions, connected, clock } = tools;
  const run = createRunRead(tools, budget);

  return async (asker: Asker, asked: readonly OpenQuestion[]): Promise<ReadonlyMap<string, Answered>> => {
    const answeredByKey = new Map<string, Answered>();
    /** What has been tried is not tried again for this caller. The value is its failure, if it failed. */
    const triedByKey = new Map<string, Answered | undefined>();
    let open = asked;
    using deadline = deadlineAfter(clock, mostWaitMs, asker.signal);

    async function readStoreAgain(taxpayerIds: readonly string[]): Promise<void> {
      const taxpayerById = await store.byId(asker.tenant, taxpayerIds);
      const nowMs = clock.now();
      open = open.flatMap(({ question }): readonly OpenQuestion[] => {
        const now = { ...question, taxpayer: asItIsNow(question.taxpayer, taxpayerById) };
        const outcome = answerFromStore(now, nowMs);
        if (outcome.kind === "USE_SESSION") return [{ question: now, otherwise: outcome.otherwise }];
        if (outcome.kind === "ANSWERED") answeredByKey.set(keyOf(question), outcome);
        return [];
      });
    }

    function markTried(
      taxpayer: Pick<StoredTaxpayer, "id">,
      missing: readonly DocumentOfYear[],
      provider: string,
      fault: Fault | undefined,
    ): void {
      const failure = fault && answeredWithout(failed(provider, fault));
      for (const each of missing) triedByKey.set(keyOf({ taxpayer, ...each }), failure);
    }

    function readsAmong(logins: readonly OpenLogin[]): readonly SessionRead[] {
      const nowMs = clock.now();
      const loginsById = Map.groupBy(logins, ({ taxpayerId }) => taxpayerId);
      return [...Map.groupBy(open, ({ question }) => question.taxpayer)].flatMap(([taxpayer, questions]) => {
        const ofOne = loginsById.get(taxpayer.id) ?? [];
        const untried = () =>
          questions
            .map(({ question: { document, incomeYear } }) => ({ document, incomeYear }))
            .filter((each) => !triedByKey.has(keyOf({ taxpayer, ...each })));
        for (const { provider, failure } of ofOne) {
          if (!failure || !isShared(failure, asker, nowMs)) continue;
          const shared = untried().filter((each) => includes(failure, each));
          markTried(taxpayer, shared, provider, failure.fault);
        }
        return sessionReadsFor(taxpayer, untried(), ofOne, { connected, nowMs });
      });
    }

    async function runAll(reads: readonly SessionRead[], isLastRound: boolean): Promise<void> {
      await Promise.all(
        reads.map(async (read) => {
          const { provider, taxpayerId } = read.login;
          const outcome = await run(asker, read, deadline.signal);
          if (outcome !== "LOOK_AGAIN") markTried({ id: taxpayerId }, read.missing, provider, outcome.fault);
          else if (isLastRound) markTried({ id: taxpayerId }, read.missing, provider, busy(provider));
        }),
      );
    }

    for (let round = 1; open.length > 0 && round <= mostRounds; round += 1) {
      const taxpayerIds = [...new Set(open.map(({ question }) => question.taxpayer.id))];
      const logins = await sessions.openLogins(asker.tenant, taxpayerIds);
      if (readsAmong(logins).length === 0) break;
      // The store is read after the sessions: what a session had read by then is found there.
      await readStoreAgain(taxpayerIds);
      await runAll(readsAmong(logins), round === mostRounds);
      await readStoreAgain(taxpayerIds);
    }
    for (const { question, otherwise } of open) {
      const key = keyOf(question);
      answeredByKey.set(key, triedByKey.get(key) ?? otherwise);
    }
    return answeredByKey;
  };
}

type RunRead = (
  asker: Asker,
  read: SessionRead,
  signal: AbortSignal,
) => Promise<"LOOK_AGAIN" | { readonly fault: Fault | undefined }>;

/** Has one session read, at the caller's cost. The reading goes on when the caller leaves: it has been paid for. */
function createRunRead({ sessions, connected, events }: ReadingTools, budget: Budget): RunRead {
  return async (asker, { login, consent, documents, incomeYears, calls }, signal) => {
    const { tenant, by, cost, signal: left } = asker;
    const { sessionId, version, provider: id } = login;
    const provider = connected.find((each) => each.provider.id === id)?.provider;
    try {
      if (provider === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider: id });
      budget.spend(cost, provider, calls);
      await budget.charge(asker, provider, calls);
      const wanted = { tenant, sessionId, version, consentId: consent.id, documents, incomeYears };
      const outcome = await unlessAborted(sessions.readMore(wanted), signal);
      if (outcome === "LOOK_AGAIN") {
        cost.sharedFlights += 1;
        events.emit("flight shared", { provider: id });
      }
      if (outcome === "LOOK_AGAIN" || isConsentRefusal(outcome.fault)) {
        await budget.reverse(asker, provider, calls);
      }
      return outcome;
    } catch (thrown) {
      if (thrown instanceof DeadlineExpired) return { fault: busy(id) };
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL" && !left.aborted) {
        events.emit("fault masked", { requestId: by.requestId, error: thrown });
      }
      return { fault };
    }
  };
}

/** The session has read for others all the time. */
function busy(provider: string): Fault {
  return new Fault("PROVIDER_TIMEOUT", { provider, hint: "The open session is busy with other documents." });
}

/** Without consent no provider has been called. */
function isConsentRefusal(fault: Fault | undefined): boolean {
  return fault?.code.startsWith("CONSENT_") === true;
}

/** Callers who asked before a failure share it. Later ones share it until the provider's retry time. */
function isShared({ atMs, fault }: NonNullable<OpenLogin["failure"]>, { askedAtMs }: Asker, nowMs: number): boolean {
  return atMs >= askedAtMs || nowMs < atMs + (fault.context.retryAfterSeconds ?? 0) * 1_000;
}

function asItIsNow(
  taxpayer: StoredTaxpayer,
  taxpayerById: ReadonlyMap<string, StoredTaxpayer | "ERASED">,
): StoredTaxpayer {
  const now = taxpayerById.get(taxpayer.id) ?? taxpayer;
  return now === "ERASED" ? { ...taxpayer, erased: true } : now;
}
