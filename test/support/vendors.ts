import type { ProviderId } from "../../src/domain/answer";
import type { Pan } from "../../src/domain/identifiers";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { connectToSandbox } from "../../src/commands/sandboxConnection";
import { systemClock } from "../../src/kernel/clock";
import { createEvents } from "../../src/kernel/events";
import type { Provider } from "../../src/providers/provider";
import { providers } from "../../src/providers/registry";
import { jumpingClock } from "../../src/sandbox/clock";
import { runFlow, type Step } from "../../src/sandbox/runFlow";
import { openSandbox } from "../../src/sandbox/host";
import { credentialsOf } from "./credentials";

export const staying = new AbortController().signal;

/** All vendors of the registry, simulated on loopback, and roads to them that tests can shorten. */
export async function openVendors() {
  const clock = jumpingClock(systemClock);
  const simulated = providers.map((provider) => ({ provider, credentials: credentialsOf(provider.settings.sandbox) }));
  const sandbox = await openSandbox(simulated, clock);

  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, sandbox.controlUrl), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.status === 204 ? undefined : response.json();
  }

  /** A road of its own: no breaker, token or budget of an earlier test is left on it. */
  function roadTo(provider: Provider, pace = { timeoutMs: 5_000, maxInFlight: 8 }) {
    const events = createEvents();
    const calls: { operation: string; outcome: string }[] = [];
    events.on("upstream called", ({ operation, outcome }) => calls.push({ operation, outcome }));
    const road = connectToSandbox(provider, { origin: sandbox.controlUrl, pace, clock, events });
    return { client: provider.connect(road.tools), calls, close: () => road[Symbol.asyncDispose]() };
  }

  function travellerAs(pan: string, password: string, incomeYears: readonly number[] = [2025, 2024, 2023]) {
    return {
      pan: pan as Pan,
      password,
      incomeYears: incomeYears as readonly IncomeYear[],
      async readOtp() {
        const { messages } = (await control("GET", `phone.json?pan=${pan}`)) as { messages: { otp: string }[] };
        return messages[0]?.otp ?? "";
      },
      wait(delayMs: number) {
        void clock.jumpBy(delayMs);
        return Promise.resolve();
      },
    };
  }

  return {
    clock,
    roadTo,
    travellerAs,
    control,
    async driveAll(provider: Provider, pan: string, password: string, road = roadTo(provider)): Promise<Step[]> {
      const steps: Step[] = [];
      for await (const step of runFlow(provider, road.client, travellerAs(pan, password), staying)) steps.push(step);
      return steps;
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

export type Vendors = Awaited<ReturnType<typeof openVendors>>;

export function providerOf(id: ProviderId): Provider {
  return providers.find((provider) => provider.id === id)!;
}
