import type { Answer } from "../../src/domain/answer";
import type { Pan } from "../../src/domain/identifiers";
import { manualClock } from "../../src/kernel/clock";
import { asFault, type Fault } from "../../src/kernel/fault";
import type { Secret } from "../../src/kernel/secret";
import type { Provider, ProviderTools, UpstreamReply, SimulatedReply } from "../../src/providers/provider";
import { runFlow } from "../../src/sandbox/runFlow";
import { createFaultBoard } from "../../src/sandbox/faults";
import { createPhone } from "../../src/sandbox/phone";
import { bytesOf } from "../../src/sandbox/reply";
import { createWorld } from "../../src/sandbox/world";
import { credentialsOf } from "./credentials";
import { staying } from "./vendors";

/** What is done to the JSON of a vendor's reply or file on its way; `nth` counts them from 0. */
export type Alter = (json: unknown, nth: number) => unknown;

export interface Journey {
  readonly answers: readonly Answer<unknown>[];
  readonly fault: Fault | undefined;
  /** All that was counted for the census of fields. */
  readonly unknownFields: readonly number[];
}

export const nowMs = Date.UTC(2026, 7, 1);

/** Goes a vendor's whole road in this process, without a network: its client, its contract, its mapper and its simulator. */
export async function travelAltered(
  provider: Provider,
  { pan, password }: { pan: string; password: string },
  alter: Alter,
): Promise<Journey> {
  const clock = manualClock(nowMs);
  const phone = createPhone(clock);
  const credentials = credentialsOf(provider.settings.sandbox);
  const baseUrl = () => new URL(`http://vendor.sandbox${provider.settings.basePath}`);
  const world = createWorld(provider.id, { clock, credentials, baseUrl, phone, faults: createFaultBoard() });
  const simulate = provider.simulate(world);
  const unknownFields: number[] = [];
  let nth = 0;

  async function ask(method: string, path: string, headers: Record<string, string>, body: string) {
    const { pathname, searchParams: query } = new URL(path, "http://vendor.sandbox");
    return simulate({ method, path: pathname, query, headers: inLowerCase(headers), body });
  }

  function altered({ body }: SimulatedReply): Buffer {
    const text = bytesOf(body).toString();
    try {
      return Buffer.from(JSON.stringify(alter(JSON.parse(text), nth++)));
    } catch {
      return bytesOf(body);
    }
  }

  const tools: ProviderTools = {
    transport: {
      async send({ method, path, headers, body = "" }): Promise<UpstreamReply> {
        const reply = await ask(method, path, headers, body);
        return { status: reply.status, headers: inLowerCase(reply.headers), text: altered(reply).toString() };
      },
    },
    operation: () => (signal, call) => call(signal),
    credentials,
    clock,
    countUnknownFields: (count) => unknownFields.push(count),
    async fetchFile(url) {
      const reply = await ask(
        "GET",
        url.slice(url.indexOf(provider.settings.basePath) + provider.settings.basePath.length),
        {},
        "",
      );
      return { contentType: reply.headers?.["content-type"] ?? "application/json", bytes: altered(reply) };
    },
    sharedSecret(_name, make) {
      let made: Promise<{ secret: Secret }> | undefined;
      return {
        get: async () => (await (made ??= make())).secret,
        renew: () => Promise.resolve((made = undefined)),
      };
    },
  };
  const client = provider.connect(tools);
  const answers: Answer<unknown>[] = [];
  const traveller = {
    pan: pan as Pan,
    password,
    incomeYears: [2025, 2024, 2023] as never,
    readOtp: () => Promise.resolve(phone.messages(pan)[0]?.otp ?? ""),
    wait(delayMs: number) {
      clock.advance(delayMs);
      return Promise.resolve();
    },
  };
  try {
    if (client.needs === "PAN") answers.push(await client.ask("COMPLIANCE", traveller.pan, staying));
    else {
      for await (const { readings } of runFlow(provider, client, traveller, staying)) {
        answers.push(...readings.map(({ answer }) => answer));
      }
    }
    return { answers, fault: undefined, unknownFields };
  } catch (thrown) {
    return { answers, fault: asFault(thrown), unknownFields };
  }
}

/** As they arrive over a network. */
function inLowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
