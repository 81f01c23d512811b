import type { DocumentKind } from "../../../src/domain/answer";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { manualClock } from "../../../src/kernel/clock";
import { Secret } from "../../../src/kernel/secret";
import { deepvue } from "../../../src/providers/deepvue";
import { connectDeepvue } from "../../../src/providers/deepvue/client";
import { simulateDeepvue } from "../../../src/providers/deepvue/simulator";
import type { Persona } from "../../../src/providers/persona";
import type {
  CallLimit,
  ProviderTools,
  UpstreamReply,
  UpstreamRequest,
  SimulatedReply,
  SimulatedWorld,
  SimulatorFault,
  Ticket,
} from "../../../src/providers/provider";
import { credentialsOf } from "../../support/credentials";
import { testPersona } from "../../support/persona";

export const nowMs = Date.UTC(2026, 7, 1);
export const staying = new AbortController().signal;

interface MeetingSettings {
  readonly persona?: Persona;
  readonly rateLimits?: readonly CallLimit[];
  readonly clientSettings?: Readonly<Record<string, string>>;
}

/** Deepvue's client and Deepvue's simulator in one room: every call passes here and is written down. */
export function meetDeepvue({ persona = testPersona(), rateLimits = [], clientSettings }: MeetingSettings = {}) {
  const clock = manualClock(nowMs);
  const faultByOperation = new Map<string, SimulatorFault>();
  const world: SimulatedWorld = {
    clock,
    credentials: credentialsOf(deepvue.settings.sandbox),
    baseUrl: () => new URL("http://deepvue.sandbox/"),
    personaOf: (pan) => (pan === persona.pan ? persona : undefined),
    sendOtp: () => {
      throw new Error("Deepvue sends no one-time password");
    },
    faultFor: (operation) => faultByOperation.get(operation),
  };
  const simulate = simulateDeepvue(world, { rateLimits });
  const requests: UpstreamRequest[] = [];
  /** Set by a test: what is replied in the simulator's place. */
  const meeting: { interfere: (operation: string) => UpstreamReply | undefined } = { interfere: () => undefined };

  async function send(request: UpstreamRequest): Promise<UpstreamReply> {
    requests.push(request);
    const { pathname, searchParams } = new URL(request.path, "http://deepvue.sandbox");
    const interference = meeting.interfere(operationOf(request));
    if (interference) return interference;
    const { method, headers, body = "" } = request;
    return received(await simulate({ method, path: pathname, query: searchParams, headers, body }));
  }

  let unknownFields = 0;
  const tools: ProviderTools = {
    transport: { send },
    operation: () => (signal, call) => call(signal),
    credentials: credentialsOf(clientSettings ?? deepvue.settings.sandbox),
    clock,
    countUnknownFields: (count) => (unknownFields += count),
    async fetchFile(url) {
      const reply = await send({ method: "GET", path: new URL(url).pathname, headers: {} });
      return { contentType: "application/json", bytes: Buffer.from(reply.text) };
    },
    sharedSecret(_name, make) {
      let held: Promise<{ secret: Secret; expiresAtMs: number }> | undefined;
      return {
        async get() {
          const secret = await (held ??= make());
          if (secret.expiresAtMs > clock.now()) return secret.secret;
          held = make();
          return (await held).secret;
        },
        async renew(refused) {
          if ((await held)?.secret === refused) held = undefined;
        },
      };
    },
  };

  return {
    clock,
    persona,
    simulate,
    send,
    requests,
    meeting,
    client: connectDeepvue(tools),
    setFault: (operation: string, fault: SimulatorFault) => faultByOperation.set(operation, fault),
    asked: () => requests.map(operationOf),
    unknownFields: () => unknownFields,
  };
}

export function operationOf({ path }: Pick<UpstreamRequest, "path">): string {
  const { pathname } = new URL(path, "http://deepvue.sandbox");
  return pathname.startsWith("/files/") ? "file" : pathname.slice(pathname.lastIndexOf("/") + 1);
}

export function received({ status, headers = {}, body = "" }: SimulatedReply): UpstreamReply {
  return { status, headers, text: typeof body === "string" ? body : JSON.stringify(body) };
}

const everything: readonly DocumentKind[] = ["PROFILE", "FILINGS", "TAX_CREDITS", "INFORMATION_STATEMENT"];

/** A session at Deepvue, and a reading of it. */
export async function openSession(settings: Parameters<typeof meetDeepvue>[0] = {}) {
  const meeting = meetDeepvue(settings);
  const { client, persona } = meeting;
  const { pan } = persona;
  const open = (password = persona.password) =>
    client.open({ pan, password: new Secret(password), years: 3, documents: everything }, staying);
  let { ticket }: { ticket: Ticket } = await open();
  meeting.requests.length = 0;
  const read = async (documents: readonly DocumentKind[], years: readonly number[] = [2024]) => {
    const brought = await client.read(ticket, { pan, documents, incomeYears: years as IncomeYear[] }, staying);
    ticket = brought.ticket;
    return brought.readings;
  };
  return { ...meeting, open, read };
}
