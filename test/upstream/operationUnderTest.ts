import { manualClock } from "../../src/kernel/clock";
import { createEvents, type EventFacts } from "../../src/kernel/events";
import { Fault, type FaultCode } from "../../src/kernel/fault";
import type { CallPolicy } from "../../src/providers/provider";
import { createBulkhead } from "../../src/upstream/bulkhead";
import { createOperation, type PolicySettings } from "../../src/upstream/policy";
import { createRetryBudget } from "../../src/upstream/retry";

export const staying = new AbortController().signal;
export const timeoutMs = 1_000;
export const down = () => Promise.reject(new Fault("PROVIDER_UNAVAILABLE"));
export const succeed = () => Promise.resolve("one");

interface Changes extends Partial<PolicySettings>, Pick<Partial<CallPolicy>, "repeat"> {
  readonly name?: string;
  readonly portalPolicy?: CallPolicy["portal"];
}

export function operationOf(
  maxInFlight = 8,
  { name = "itr-compliance", repeat = "NEVER", portalPolicy, ...changes }: Changes = {},
) {
  const ownClock = manualClock(0);
  const clock = changes.clock ?? ownClock;
  const events = createEvents();
  const calls: EventFacts["upstream called"][] = [];
  events.on("upstream called", (facts) => calls.push(facts));
  const provider = changes.provider ?? "EKO";
  const operation = createOperation(
    name,
    { repeat, ...(portalPolicy && { portal: portalPolicy }) },
    {
      provider,
      timeoutMs,
      bulkhead: createBulkhead(provider, maxInFlight),
      budget: createRetryBudget(),
      portal: undefined,
      limiter: undefined,
      clock,
      events,
      ...changes,
    },
  );
  return { ...operation, clock: ownClock, outcomes: () => calls.map(({ outcome }) => outcome), calls };
}

/** A call that ends only with its signal, as a connection that honours it does. */
export function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });
}

export async function codeOf(run: Promise<unknown>): Promise<FaultCode | undefined> {
  return run.then(
    () => undefined,
    (thrown: unknown) => (thrown as Fault).code,
  );
}

export async function repeat(times: number, once: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time += 1) await once().catch(() => undefined);
}
