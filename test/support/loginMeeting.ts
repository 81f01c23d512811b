import { text } from "node:stream/consumers";
import type { DocumentKind } from "../../src/domain/answer";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { manualClock } from "../../src/kernel/clock";
import { asFault } from "../../src/kernel/fault";
import { Secret } from "../../src/kernel/secret";
import type {
  LoginClient,
  Ticket,
  Provider,
  ProviderTools,
  SimulatedReply,
  SimulatedRequest,
  SimulatedWorld,
  SimulatorFault,
} from "../../src/providers/provider";
import type { Persona } from "../../src/providers/persona";
import { createTransport } from "../../src/upstream/transport";
import { credentialsOf } from "./credentials";
import { testPersona } from "./persona";
import { openStandInServer } from "./standInServer";

export const nowMs = Date.UTC(2026, 7, 1);
export const staying = new AbortController().signal;

interface MeetingSettings {
  readonly persona?: Persona;
  /** Settings besides those of the sandbox, for the client and the simulator. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Settings of the client alone. */
  readonly clientSettings?: Readonly<Record<string, string>>;
}

/** The simulator of a vendor behind a login, alone in a world of one person. */
export function simulationOf(provider: Provider, { persona = testPersona(), settings = {} }: MeetingSettings = {}) {
  const clock = manualClock(nowMs);
  const faultByOperation = new Map<string, SimulatorFault>();
  const world: SimulatedWorld = {
    clock,
    credentials: credentialsOf({ ...provider.settings.sandbox, ...settings }),
    baseUrl: () => new URL(`http://vendor.sandbox${provider.settings.basePath}`),
    personaOf: (pan) => (pan === persona.pan ? persona : undefined),
    sendOtp: () => {
      throw new Error("this vendor sends no one-time password");
    },
    faultFor: (operation) => faultByOperation.get(operation),
  };
  return { clock, faultByOperation, simulate: provider.simulate(world) };
}

/** A vendor's client beside its simulator, over loopback; what was asked is written down. */
export async function meet(provider: Provider, meetingSettings: MeetingSettings = {}) {
  const { persona = testPersona(), settings = {}, clientSettings = {} } = meetingSettings;
  const { clock, faultByOperation, simulate } = simulationOf(provider, meetingSettings);
  const asked: SimulatedRequest[] = [];
  /** Set by a test: what is replied in the simulator's place. */
  const line: { replace: (request: SimulatedRequest) => SimulatedReply | undefined } = { replace: () => undefined };

  const server = await openStandInServer((request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? "", "http://vendor.sandbox");
    const { method = "", headers } = request;
    const answer = async (): Promise<SimulatedReply> => {
      const received = { method, path, query, headers, body: await text(request) };
      asked.push(received);
      return line.replace(received) ?? simulate(received);
    };
    void answer().then(({ status, headers: replied = {}, body = "" }) => {
      const isPlain = typeof body === "string" || Buffer.isBuffer(body);
      response.writeHead(status, replied).end(isPlain ? body : JSON.stringify(body));
    });
  });
  const transport = createTransport(provider.id, server.url, 4);
  const outcomes: string[] = [];
  let unknownFields = 0;
  const notUsed = (): never => {
    throw new Error("nobody here fetches files or makes tokens");
  };
  const tools: ProviderTools = {
    transport,
    operation:
      (name, { repeat } = { repeat: "NEVER" }) =>
      async (signal, call) => {
        const outcome = await call(signal).then(
          (value) => ({ value, code: "OK" }),
          (thrown: unknown) => ({ thrown, code: asFault(thrown).code }),
        );
        outcomes.push(`${name} ${repeat} ${outcome.code}`);
        if ("value" in outcome) return outcome.value;
        throw outcome.thrown;
      },
    credentials: credentialsOf({ ...provider.settings.sandbox, ...settings, ...clientSettings }),
    clock,
    countUnknownFields: (count) => (unknownFields += count),
    fetchFile: notUsed,
    sharedSecret: notUsed,
  };
  const client = provider.connect(tools) as LoginClient;
  const { pan } = persona;
  return {
    clock,
    faultByOperation,
    line,
    asked,
    outcomes,
    unknownFields: () => unknownFields,
    open: ({ password = persona.password, years = 3 } = {}) =>
      client.open({ pan, password: new Secret(password), years, documents: provider.documents }, staying),
    poll: ({ ticket }: { ticket: Ticket }) => client.poll!(ticket, staying),
    read: (
      { ticket }: { ticket: Ticket },
      years: readonly number[],
      documents: readonly DocumentKind[] = provider.documents,
    ) => client.read(ticket, { pan, documents, incomeYears: years as readonly IncomeYear[] }, staying),
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
