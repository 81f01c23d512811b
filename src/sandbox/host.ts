import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { maskPan, type Pan } from "../domain";
import type { Credentials, Provider, SimulatedReply, SimulatedRequest } from "../providers";
import type { JumpingClock } from "./clock";
import { control } from "./control";
import { createFaultBoard, readFaultHeader } from "./faults";
import { createPhone, type FakePhone } from "./phone";
import { sendFaulty, sendReply } from "./reply";
import { createWorld } from "./world";

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
  messages(): ReturnType<FakePhone["messages"]>;
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
      sendReply(response, control(requestUnder(controlPrefix), own));
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
    messages: () => own.phone.messages().map((message) => ({ ...message, pan: maskPan(message.pan as Pan) })),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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
