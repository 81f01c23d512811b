import { failed } from "../domain";
import { Fault, asFault, unlessAborted } from "../kernel";
import type { OpenLogin } from "../sessions";
import { type Asker, type GatherTools, keyOf, type Question } from "./question";
import { errandsFor, failureCovers, type Errand, type Gap } from "./missingDocuments";
import type { Settle, Settled } from "./answerFromStore";
import type { KeptTaxpayer } from "./ports";
import { createSpending } from "./budget";

type RunErrand = (asker: Asker, errand: Errand) => Promise<"LOOK_AGAIN" | { readonly fault: Fault | undefined }>;

/** Has one login bring something, within the budget and at the asker's cost. Its own reading goes on when they leave. */
function createRunErrand({ logins, connected, events, limits }: GatherTools): RunErrand {
  const spending = createSpending(limits);

  return async ({ tenant, cost, signal }, { login, consent, documents, incomeYears, calls }) => {
    const { sessionId, version, provider: id } = login;
    const provider = connected.find((each) => each.provider.id === id)?.provider;
    try {
      if (provider === undefined) throw new Fault("PROVIDER_NOT_CONFIGURED", { provider: id });
      spending.spend(cost, provider, calls);
      const wanted = { tenant, sessionId, version, consentId: consent.id, documents, incomeYears };
      const outcome = await unlessAborted(logins.readMore(wanted), signal);
      if (outcome === "LOOK_AGAIN") {
        cost.sharedFlights += 1;
        events.emit("flight shared", { provider: id });
      }
      if (outcome === "LOOK_AGAIN" || isRefusal(outcome.fault)) spending.refund(cost, provider, calls);
      return outcome;
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL" && !signal.aborted) {
        events.emit("fault masked", { requestId: undefined, error: thrown });
      }
      return { fault };
    }
  };
}

/** For want of consent nobody has been called. */
function isRefusal(fault: Fault | undefined): boolean {
  return fault?.code.startsWith("CONSENT_") === true;
}

/** A question that is allowed and not held, and what is told where no login can bring it. */
export interface OpenQuestion {
  readonly question: Question;
  readonly orElse: Settled;
}

/**
 * Answers what an open login brings, or why none does. Whoever brings it, it is read again from where it is kept, so that
 * it makes no difference which of many at once has done it.
 */
export function createThroughLogins(tools: GatherTools, settle: Settle) {
  const { store, logins, connected, clock } = tools;
  const run = createRunErrand(tools);

  return async (asker: Asker, asked: readonly OpenQuestion[]): Promise<ReadonlyMap<string, Settled>> => {
    const settledByKey = new Map<string, Settled>();
    /** What has been asked for in this very answer is not asked for again; there may be a failure to tell of it. */
    const faultByKey = new Map<string, Settled | undefined>();
    let open = asked;

    async function lookAtHeld(taxpayerIds: readonly string[]): Promise<void> {
      const taxpayerById = await store.byId(asker.tenant, taxpayerIds);
      const nowMs = clock.now();
      open = open.flatMap(({ question }): OpenQuestion | readonly OpenQuestion[] => {
        const now = { ...question, taxpayer: asItIsNow(question.taxpayer, taxpayerById) };
        const settled = settle(now, nowMs);
        if ("orElse" in settled) return { question: now, orElse: settled.orElse };
        if (settled.told !== undefined) settledByKey.set(keyOf(question), settled);
        return [];
      });
    }

    function note(taxpayer: Pick<KeptTaxpayer, "id">, gaps: readonly Gap[], provider: string, fault?: Fault): void {
      const told = fault && { told: [failed(provider, fault)], isHeld: false };
      for (const gap of gaps) faultByKey.set(keyOf({ taxpayer, ...gap }), told);
    }

    function errandsAmong(live: readonly OpenLogin[]): readonly Errand[] {
      const nowMs = clock.now();
      const loginsById = Map.groupBy(live, ({ taxpayerId }) => taxpayerId);
      return [...Map.groupBy(open, ({ question }) => question.taxpayer)].flatMap(([taxpayer, questions]) => {
        const ofOne = loginsById.get(taxpayer.id) ?? [];
        const untried = () =>
          questions
            .map(({ question: { document, incomeYear } }) => ({ document, incomeYear }))
            .filter((gap) => !faultByKey.has(keyOf({ taxpayer, ...gap })));
        for (const { provider, failure } of ofOne) {
          if (!failure || !isShared(failure, asker, nowMs)) continue;
          const shared = untried().filter((gap) => failureCovers(failure, gap));
          note(taxpayer, shared, provider, failure.fault);
        }
        return errandsFor(taxpayer, untried(), ofOne, { connected, nowMs });
      });
    }

    async function runAll(errands: readonly Errand[]): Promise<void> {
      await Promise.all(
        errands.map(async (errand) => {
          const { provider, taxpayerId } = errand.login;
          const outcome = await run(asker, errand);
          if (outcome !== "LOOK_AGAIN") note({ id: taxpayerId }, errand.gaps, provider, outcome.fault);
        }),
      );
    }

    while (open.length > 0) {
      const taxpayerIds = [...new Set(open.map(({ question }) => question.taxpayer.id))];
      const live = await logins.openLogins(asker.tenant, taxpayerIds);
      if (errandsAmong(live).length === 0) break;
      // Read after the logins were looked at: what one of them had brought by then is there.
      await lookAtHeld(taxpayerIds);
      await runAll(errandsAmong(live));
      await lookAtHeld(taxpayerIds);
    }
    for (const { question, orElse } of open) {
      const key = keyOf(question);
      settledByKey.set(key, faultByKey.get(key) ?? orElse);
    }
    return settledByKey;
  };
}

/** A failure is shared by all who had asked by then; and nobody asks again before the provider says that it helps. */
function isShared({ atMs, fault }: NonNullable<OpenLogin["failure"]>, { askedAtMs }: Asker, nowMs: number): boolean {
  return atMs >= askedAtMs || nowMs < atMs + (fault.context.retryAfterSeconds ?? 0) * 1_000;
}

function asItIsNow(taxpayer: KeptTaxpayer, taxpayerById: ReadonlyMap<string, KeptTaxpayer | "ERASED">): KeptTaxpayer {
  const now = taxpayerById.get(taxpayer.id) ?? taxpayer;
  return now === "ERASED" ? { ...taxpayer, erased: true } : now;
}
