import { type Clock, Fault, type Blame, type FaultCode, unlessAborted } from "../kernel";
import type { BreakerState } from "../providers";

/** Failures of the vendor or of its source. A mistake of the taxpayer or of the caller is none. */
const breakingCodes: readonly FaultCode[] = [
  "PROVIDER_UNAVAILABLE",
  "PROVIDER_TIMEOUT",
  "PROVIDER_BAD_RESPONSE",
  "PORTAL_UNAVAILABLE",
];
/** A vendor that reports a mistake of the caller or the taxpayer, or refuses our account, is up. */
const blamesOfAnAnswer: readonly Blame[] = ["CALLER", "TAXPAYER"];
const failuresThatOpen = 5;
const restMs = 10_000;

type State =
  | { readonly name: "CLOSED"; failures: number }
  | { readonly name: "OPEN"; readonly untilMs: number }
  | { readonly name: "HALF_OPEN"; readonly trial: Promise<undefined> };

type Verdict = "UP" | "DOWN" | "UNKNOWN";

interface Breaker {
  state(): BreakerState;
  /** Throws while it is open, before the caller waits for a call slot in vain. */
  refuseWhileOpen(): void;
  run<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T>;
}

/** A circuit breaker. After its rest one call is the trial; the other calls wait for the outcome of the trial. */
export function createBreaker(provider: string, clock: Clock): Breaker {
  let state: State = { name: "CLOSED", failures: 0 };

  async function runClosed<T>(during: State & { name: "CLOSED" }, call: () => Promise<T>): Promise<T> {
    const outcome = await judged(call);
    if (outcome.verdict === "UP") during.failures = 0;
    if (outcome.verdict === "DOWN") during.failures += 1;
    // A call changes only the state in which it began.
    if (state === during && during.failures >= failuresThatOpen) {
      state = { name: "OPEN", untilMs: clock.now() + restMs };
    }
    return outcome.result;
  }

  async function tryOut<T>(rested: State & { name: "OPEN" }, call: () => Promise<T>): Promise<T> {
    const { promise: trial, resolve: end } = Promise.withResolvers<undefined>();
    state = { name: "HALF_OPEN", trial };
    const { verdict, result } = await judged(call);
    if (verdict === "UP") state = { name: "CLOSED", failures: 0 };
    else if (verdict === "DOWN") state = { name: "OPEN", untilMs: clock.now() + restMs };
    // The trial says nothing, so the next call is another trial.
    else state = rested;
    end(undefined);
    return result;
  }

  function refuse(restLeftMs: number): never {
    const retryAfterSeconds = Math.ceil(restLeftMs / 1_000);
    throw new Fault("PROVIDER_UNAVAILABLE", { provider, retryAfterSeconds, note: "the breaker is open" });
  }

  return {
    state: () => state.name,
    refuseWhileOpen() {
      const restLeftMs = state.name === "OPEN" ? state.untilMs - clock.now() : 0;
      if (restLeftMs > 0) refuse(restLeftMs);
    },
    async run(signal, call) {
      while (state.name === "HALF_OPEN") await unlessAborted(state.trial, signal);
      if (state.name === "CLOSED") return runClosed(state, call);
      const restLeftMs = state.untilMs - clock.now();
      return restLeftMs > 0 ? refuse(restLeftMs) : tryOut(state, call);
    },
  };
}

async function judged<T>(call: () => Promise<T>): Promise<{ verdict: Verdict; result: Promise<T> }> {
  const result = call();
  const verdict = await result.then(() => "UP" as const, verdictOf);
  return { verdict, result };
}

/** A caller that left, a rate limit and an error of our own do not show whether the vendor is up. */
function verdictOf(thrown: unknown): Verdict {
  if (!(thrown instanceof Fault)) return "UNKNOWN";
  // A vendor that reports a failed job is up. The portal's watch judges the failure itself.
  if (thrown.context.isFinal) return "UP";
  if (thrown.context.isOurRefusal) return "UNKNOWN";
  if (breakingCodes.includes(thrown.code)) return "DOWN";
  return blamesOfAnAnswer.includes(thrown.blame) || thrown.code === "PROVIDER_REJECTED_US" ? "UP" : "UNKNOWN";
}
