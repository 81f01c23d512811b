import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { systemClock } from "../../src/kernel/clock";
import type { Provider } from "../../src/providers/provider";
import { jumpingClock } from "../../src/sandbox/clock";
import { openSandbox, prefixOf } from "../../src/sandbox/host";
import { credentialsOf } from "./credentials";
import { openStandInServer } from "./standInServer";

/** Before the vendor has seen a call, or after it has answered it. */
export type Side = "BEFORE" | "AFTER";

interface Call {
  /** Its method and the end of its path: "POST get_otp". */
  readonly name: string;
  /** The vendor knows logins by ids of its own; the gate remembers whose they are. */
  readonly pan: string | undefined;
}

interface Hold extends Call {
  readonly side: Side;
  readonly arrived: PromiseWithResolvers<number>;
  readonly released: PromiseWithResolvers<undefined>;
}

export interface HeldCall {
  /** Through which door it came, once it is held. */
  readonly arrived: Promise<number>;
  release(): void;
}

export interface VendorGate extends AsyncDisposable {
  /** What makes a service come through this door to the vendor. */
  env(door?: number): Record<string, string>;
  /** Keeps the next such call waiting until it is released, or its caller is gone. */
  hold(pan: string, name: string, side: Side): HeldCall;
  /** How often the vendor has seen this call. */
  count(pan: string, name: string): number;
  /** Once the vendor has seen this call. */
  seen(pan: string, name: string): Promise<void>;
  readOtp(pan: string): Promise<string>;
  /** Whatever the vendor takes its time for is done. */
  letTimePass(): void;
}

const ids = /"(?:reference_id|job_id|itr_client_id)": ?"([^"]+)"/g;

/** A vendor that outlives the services that call it, behind a gate that counts their calls and can keep them waiting. */
export async function openVendorGate(provider: Provider): Promise<VendorGate> {
  const { prefix, sandbox: credentials, basePath } = provider.settings;
  const clock = jumpingClock(systemClock);
  const sandbox = await openSandbox([{ provider, credentials: credentialsOf(credentials) }], clock);
  const panById = new Map<string, string>();
  const holds = new Set<Hold>();
  const seen: Call[] = [];
  let next = Promise.withResolvers<undefined>();

  function panOf(request: string): string | undefined {
    const named = /\b[A-Z]{5}[0-9]{4}[A-Z]\b/.exec(request)?.[0];
    return named ?? [...panById].find(([id]) => request.includes(id))?.[1];
  }

  /** False when the caller has left meanwhile. */
  async function pass(call: Call, side: Side, door: number, response: ServerResponse): Promise<boolean> {
    const hold = [...holds].find((each) => each.side === side && each.pan === call.pan && each.name === call.name);
    if (hold) {
      holds.delete(hold);
      const left = once(response, "close");
      hold.arrived.resolve(door);
      await Promise.race([hold.released.promise, left]);
    }
    return !response.destroyed;
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = incoming;
    const [, door = "", path = ""] = /^\/(\d+)(\/.*)$/.exec(url) ?? [];
    const body = await text(incoming);
    const call = { name: `${method} ${path.split("?")[0]?.split("/").at(-1) ?? ""}`, pan: panOf(path + body) };
    if (!(await pass(call, "BEFORE", Number(door), response))) return;
    seen.push(call);
    next.resolve(undefined);
    next = Promise.withResolvers();
    const reply = await fetch(new URL(prefixOf(provider) + path.slice(basePath.length), sandbox.controlUrl), {
      method,
      headers: onward(headers),
      ...(body !== "" && { body }),
    });
    const replied = await reply.text();
    if (call.pan !== undefined) for (const [, id = ""] of replied.matchAll(ids)) panById.set(id, call.pan);
    if (!(await pass(call, "AFTER", Number(door), response))) return;
    response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(replied);
  }

  const server = await openStandInServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });

  const count = (pan: string, name: string) => seen.filter((call) => call.pan === pan && call.name === name).length;
  return {
    env: (door = 0) => ({
      ...credentials,
      [`${prefix}_BASE_URL`]: new URL(`/${door}${basePath}`, server.url).href,
      // Calls that are held must neither give up nor be in each other's way.
      [`${prefix}_TIMEOUT_MS`]: "120000",
      [`${prefix}_MAX_IN_FLIGHT`]: "64",
    }),
    hold(pan, name, side) {
      const hold: Hold = {
        pan,
        name,
        side,
        arrived: Promise.withResolvers(),
        released: Promise.withResolvers(),
      };
      holds.add(hold);
      return {
        arrived: hold.arrived.promise,
        release: () => {
          hold.released.resolve(undefined);
        },
      };
    },
    count,
    async seen(pan, name) {
      while (count(pan, name) === 0) await next.promise;
    },
    async readOtp(pan) {
      const response = await fetch(new URL(`phone.json?pan=${pan}`, sandbox.controlUrl));
      const { messages } = (await response.json()) as { messages: readonly { otp: string }[] };
      return messages[0]?.otp ?? "";
    },
    letTimePass: () => {
      void clock.jumpBy(15_000);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await sandbox[Symbol.asyncDispose]();
    },
  };
}

/** The headers that are about the call, and not about the connection that it came over. */
function onward(headers: IncomingHttpHeaders): Record<string, string> {
  const own = ["host", "connection", "content-length", "transfer-encoding", "keep-alive"];
  return Object.fromEntries(Object.entries(headers).flatMap(([k, v]) => (own.includes(k) ? [] : [[k, String(v)]])));
}
