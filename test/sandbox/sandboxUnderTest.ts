import { systemClock } from "../../src/kernel/clock";
import { eko } from "../../src/providers/eko";
import type { Provider, SimulatedReply, SimulatedWorld } from "../../src/providers/provider";
import { jumpingClock } from "../../src/sandbox/clock";
import { openSandbox } from "../../src/sandbox/host";
import { credentialsOf } from "../support/credentials";

export const answer = { message: "what the vendor says, at some length" };

/** A sandbox with one vendor that always answers the same, and calls to both for a test. */
export async function openSandboxUnderTest(
  reply: (world: SimulatedWorld) => SimulatedReply = () => ({ status: 200, body: answer }),
) {
  const vendor: Provider = { ...eko, simulate: (world) => () => reply(world) };
  const clock = jumpingClock(systemClock);
  const sandbox = await openSandbox([{ provider: vendor, credentials: credentialsOf({}) }], clock);
  const control = (path: string, init?: RequestInit) => fetch(new URL(path, sandbox.controlUrl), init);
  const base = sandbox.baseUrl(vendor).href;
  return {
    clock,
    sandbox,
    base,
    control,
    post: (path: string, body: unknown) => control(path, { method: "POST", body: JSON.stringify(body) }),
    call: (fault?: string, path = "/tools/check", signal?: AbortSignal) =>
      fetch(`${base}${path}`, {
        headers: fault === undefined ? {} : { "x-sandbox-fault": fault },
        signal: signal ?? null,
      }),
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}
