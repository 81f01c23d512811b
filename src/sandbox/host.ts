import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { maskPan, type Pan, instantAt, indianDayAt } from "../domain";
import type { Credentials, Provider, SimulatedReply, SimulatedRequest } from "../providers";
import type { JumpingClock } from "./clock";
import { createFaultBoard, readFaultHeader, type FaultBoard, readFaultOrder } from "./faults";
import { createPhone, type FakePhone } from "./phone";
import { sendFaulty, sendReply } from "./reply";
import { createWorld } from "./world";
import { cast, personasOn } from "./personas";
import { personaList } from "./personaTable";

interface SimulatedVendor {
  readonly provider: Provider;
  readonly credentials: Credentials;
}

/** A running sandbox: the simulators of the vendors on one port. */
export interface SandboxHost extends AsyncDisposable {
  /** The address of this vendor's simulator. */
  baseUrl(provider: Provider): URL;
  /** The address of the controls: faults, the clock, the phone and the personas. */
  readonly controlUrl: URL;
  /** The messages on the fake phone, newest first, with PANs masked. */
  messages(): Promise<ReturnType<FakePhone["messages"]>>;
}

const controlPrefix = "/__sandbox";

/** Simulates vendors on a loopback port. Clients reach them over HTTP, as in live mode. */
export async function openSandbox(vendors: readonly SimulatedVendor[], clock: JumpingClock): Promise<SandboxHost> {
  const own = { clock, phone: createPhone(clock), faults: createFaultBoard() };
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const baseUrl = (provider: Provider) => new URL(prefixOf(provider), origin());
  const simulations = vendors.map(({ provider, credentials }) => ({
    vendor: provider.id,
    prefix: prefixOf(provider),
    simulate: provider.simulate(createWorld(provider.id, { ...own, credentials, baseUrl: () => baseUrl(provider) })),
  }));

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(incoming.url ?? "/", "http://sandbox");
    const { method = "", headers } = incoming;
    const body = await readText(incoming);
    const requestUnder = (prefix: string): SimulatedRequest => ({
      method,
      path: pathname.slice(prefix.length),
      query,
      headers,
      body,
    });
    if (pathname.startsWith(`${controlPrefix}/`)) {
      sendReply(response, await control(requestUnder(controlPrefix), own));
      return;
    }
    const simulation = simulations.find(({ prefix }) => pathname.startsWith(`${prefix}/`));
    if (!simulation) {
      sendReply(response, { status: 404 });
      return;
    }
    const request = requestUnder(simulation.prefix);
    const asked = readFaultHeader(headers["x-sandbox-fault"]);
    if (typeof asked === "string") {
      sendReply(response, { status: 400, body: { message: `x-sandbox-fault: ${asked}` } });
      return;
    }
    await own.faults.during(asked, async () => {
      const simulate = async (): Promise<SimulatedReply> => simulation.simulate(request);
      const fault = own.faults.replyFault(simulation.vendor, request.path);
      if (fault) await sendFaulty(response, fault, simulate, clock);
      else sendReply(response, await simulate());
    });
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    baseUrl,
    controlUrl: new URL(`${controlPrefix}/`, origin()),
    messages: () => Promise.resolve(masked(own.phone.messages())),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A sandbox that another process of this service has opened: all of them share one phone, one clock and its faults. */
export function attachSandbox(controlUrl: URL): SandboxHost {
  return {
    controlUrl,
    baseUrl: (provider) => new URL(prefixOf(provider), controlUrl),
    async messages() {
      const response = await fetch(new URL("phone.json", controlUrl));
      const { messages } = (await response.json()) as { messages: ReturnType<FakePhone["messages"]> };
      return masked(messages);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function masked(messages: ReturnType<FakePhone["messages"]>): ReturnType<FakePhone["messages"]> {
  return messages.map((message) => ({ ...message, pan: maskPan(message.pan as Pan) }));
}

/** The path under which a vendor is simulated. */
export function prefixOf({ id, settings }: Provider): string {
  return `/${id.toLowerCase()}${settings.basePath}`;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

interface Controls {
  readonly clock: JumpingClock;
  readonly phone: FakePhone;
  readonly faults: FaultBoard;
}

type Control = (request: SimulatedRequest, controls: Controls) => SimulatedReply | Promise<SimulatedReply>;

const controls: Readonly<Record<string, Control>> = {
  "GET /faults": (_request, { faults }) => ok({ faults: faults.list() }),
  "POST /faults": (request, { faults }) => {
    const order = readFaultOrder(readJson(request.body));
    return typeof order === "string" ? wrong(order) : { status: 201, body: faults.post(order) };
  },
  "DELETE /faults": ({ query }, { faults }) => {
    const id = query.get("id");
    faults.remove(id === null ? undefined : Number(id));
    return { status: 204 };
  },
  "GET /clock": (_request, { clock }) => ok(timeOf(clock)),
  "POST /clock": async (request, { clock }) => {
    const { advanceMs, to } = readJson(request.body);
    if (typeof advanceMs === "number" && isSafe(clock.now() + advanceMs)) await clock.jumpBy(advanceMs);
    else if (typeof to === "string" && isSafe(Date.parse(to))) await clock.jumpTo(Date.parse(to));
    else return wrong("Send advanceMs, a number of milliseconds, or to, an instant such as 2027-04-01T00:00:00+05:30.");
    return ok(timeOf(clock));
  },
  "GET /phone": (_request, { phone }) => phone.page(),
  "GET /phone.json": ({ query }, { phone }) => ok({ messages: phone.messages(query.get("pan") ?? undefined) }),
  "GET /personas": (_request, { clock }) => ok({ personas: listOf(clock) }),
  "GET /personas.txt": () => ({ status: 200, headers: plainText, body: personaList() }),
};

const plainText = { "content-type": "text/plain; charset=utf-8" };

/** The sandbox's own endpoints, under /__sandbox. Only this machine may use them. */
function control(request: SimulatedRequest, own: Controls): SimulatedReply | Promise<SimulatedReply> {
  // The port is open on loopback only. A foreign page could still reach it by DNS rebinding, under its own host name.
  const host = String(request.headers.host).replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) return { status: 403, body: { message: "Loopback only." } };
  const answer = controls[`${request.method} ${request.path}`];
  return answer
    ? answer(request, own)
    : { status: 404, body: { message: "No such control.", known: Object.keys(controls) } };
}

function listOf(clock: JumpingClock) {
  const asSeenByPan = new Map(cast.map(({ facts, asSeenBy }) => [facts.pan, Object.keys(asSeenBy ?? {})]));
  return personasOn(indianDayAt(clock.now())).map(({ pan, title, password, portal, profile, filings }) => ({
    pan,
    title,
    name: profile.name,
    password,
    portal,
    filings: filings.length,
    seenDifferentlyBy: asSeenByPan.get(pan) ?? [],
  }));
}

function timeOf(clock: JumpingClock) {
  return { now: instantAt(clock.now()), today: indianDayAt(clock.now()), aheadMs: clock.aheadMs };
}

/** The service knows the years from 2000 to 2099. */
function isSafe(ms: number): boolean {
  return ms >= Date.UTC(2000, 0, 1) && ms < Date.UTC(2100, 0, 1);
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function ok(body: unknown): SimulatedReply {
  return { status: 200, body };
}

function wrong(message: string): SimulatedReply {
  return { status: 400, body: { message } };
}
