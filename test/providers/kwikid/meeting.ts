import { text } from "node:stream/consumers";
import type { DocumentKind } from "../../../src/domain/answer";
import { instantAt } from "../../../src/domain/calendarDate";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { manualClock } from "../../../src/kernel/clock";
import { asFault } from "../../../src/kernel/fault";
import { Secret } from "../../../src/kernel/secret";
import { kwikid } from "../../../src/providers/kwikid";
import { connectKwikid } from "../../../src/providers/kwikid/client";
import { simulateKwikid } from "../../../src/providers/kwikid/simulator";
import type {
  Stage,
  Ticket,
  ProviderTools,
  Transport,
  SimulatedReply,
  SimulatedRequest,
  SimulatedWorld,
  SimulatorFault,
} from "../../../src/providers/provider";
import type { Persona } from "../../../src/providers/persona";
import { credentialsOf } from "../../support/credentials";
import { testPersona } from "../../support/persona";
import { openStandInServer } from "../../support/standInServer";

export const nowMs = Date.UTC(2026, 7, 1);
export const staying = new AbortController().signal;

const bearer = { authorization: "Bearer sandbox-kwikid-token", "content-type": "application/json" };

/** Somebody who has filed for the income of 2023-24 and 2024-25. */
export function filer(changes: Partial<Persona> = {}): Persona {
  const standing = { standing: "COMPLIANT", standingLabel: "Compliant", filingStatus: "PROCESSED" } as const;
  return testPersona({ compliance: { itrFiled: true, ...standing, checkedAt: instantAt(nowMs) }, ...changes });
}

/** The simulator alone, with a world around it that a test can change. */
export function simulation(persona: Persona) {
  const clock = manualClock(nowMs);
  const otps: string[] = [];
  const faultByOperation = new Map<string, SimulatorFault>();
  const world: SimulatedWorld = {
    clock,
    credentials: credentialsOf(kwikid.settings.sandbox),
    baseUrl: () => new URL("http://kwikid.sandbox/"),
    personaOf: (pan) => (pan === persona.pan ? persona : undefined),
    sendOtp: () => {
      otps.push(String(482_913 + otps.length));
      return otps.at(-1) ?? "";
    },
    faultFor: (operation) => faultByOperation.get(operation),
  };
  const simulate = simulateKwikid(world);
  return {
    clock,
    faultByOperation,
    otp: () => otps.at(-1) ?? "",
    simulate,
    ask: async (path: string, body: unknown, changes: Partial<SimulatedRequest> = {}): Promise<SimulatedReply> =>
      simulate({
        method: "POST",
        path,
        query: new URLSearchParams(),
        headers: bearer,
        body: JSON.stringify(body),
        ...changes,
      }),
  };
}

/** KwikID's client beside its simulator, over loopback; what was asked is written down. */
export async function meetKwikid(persona = filer()) {
  const { clock, faultByOperation, otp, simulate } = simulation(persona);
  const asked: { operation: string; headers: SimulatedRequest["headers"]; body: unknown }[] = [];
  /** Set by a test: what comes through instead of the simulator's own reply. */
  const line: { replace: (operation: string, body: string) => SimulatedReply | undefined } = {
    replace: () => undefined,
  };

  const server = await openStandInServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? "", "http://kwikid.sandbox");
    const answer = async (): Promise<SimulatedReply> => {
      const body = await text(request);
      const operation = pathname.split("/").at(-1) ?? "";
      asked.push({ operation, headers: request.headers, body: JSON.parse(body) });
      const { method = "", headers } = request;
      const own = await simulate({ method, path: pathname, query, headers, body });
      return line.replace(operation, body) ?? own;
    };
    void answer().then(({ status, headers = {}, body = "" }) => {
      response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  const transport: Transport = {
    async send({ path, ...request }, signal) {
      const response = await fetch(new URL(path, server.url), { ...request, signal });
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    },
  };
  const outcomes: string[] = [];
  let unknownFields = 0;
  const notUsed = (): never => {
    throw new Error("KwikID has no files and makes no tokens");
  };
  const tools: ProviderTools = {
    transport,
    operation: (name) => async (signal, call) => {
      try {
        const answer = await call(signal);
        outcomes.push(`${name} OK`);
        return answer;
      } catch (thrown) {
        outcomes.push(`${name} ${asFault(thrown).code}`);
        throw thrown;
      }
    },
    credentials: credentialsOf(kwikid.settings.sandbox),
    clock,
    countUnknownFields: (count) => (unknownFields += count),
    fetchFile: notUsed,
    sharedSecret: notUsed,
  };
  const client = connectKwikid(tools);
  const { pan } = persona;

  const open = (password = persona.password) =>
    client.open({ pan, password: new Secret(password), years: 3, documents: ["FILINGS", "PROFILE"] }, staying);
  const submit = ({ ticket }: { ticket: Ticket }, entered = otp(), accessToken?: string) => {
    const entry = { pan, otp: new Secret(entered), accessToken: accessToken ? new Secret(accessToken) : undefined };
    return client.submitOtp!(ticket, entry, staying);
  };
  return {
    clock,
    faultByOperation,
    otp,
    line,
    asked,
    outcomes,
    operations: () => asked.map(({ operation }) => operation),
    unknownFields: () => unknownFields,
    simulated: async (request: Pick<SimulatedRequest, "path" | "query">) =>
      simulate({ method: "GET", headers: {}, body: "", ...request }),
    open,
    submit,
    logIn: async (): Promise<Stage> => submit(await open()),
    read: (
      { ticket }: { ticket: Ticket },
      years: readonly number[],
      documents: readonly DocumentKind[] = ["FILINGS", "PROFILE"],
      signal = staying,
    ) => client.read(ticket, { pan, documents, incomeYears: years as readonly IncomeYear[] }, signal),
    checkAadhaarLink: (aadhaar: string) => client.checkAadhaarLink!(pan, new Secret(aadhaar), staying),
    close: ({ ticket }: { ticket: Ticket }) => client.close!(pan, ticket, staying),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** What a ticket keeps of a login. */
export function stateIn(ticket: Ticket) {
  return JSON.parse(ticket.reveal()) as { accessToken?: string; incomeYears: number[]; hasProfile: boolean };
}
