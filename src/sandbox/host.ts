import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../kernel/clock";
import type { Credentials, Provider, SimulatedReply } from "../providers/provider";

export interface SimulatedVendor {
  readonly provider: Provider;
  readonly credentials: Credentials;
}

export interface SandboxHost extends AsyncDisposable {
  /** Where a client finds this vendor's simulator. */
  baseUrl(provider: Provider): URL;
}

/** Plays vendors on a loopback port, so that clients take the same road to them as in live mode. */
export async function openSandbox(vendors: readonly SimulatedVendor[], clock: Clock): Promise<SandboxHost> {
  const simulations = vendors.map(({ provider, credentials }) => ({
    prefix: prefixOf(provider),
    simulate: provider.simulate({ clock, credentials }),
  }));
  const server = createServer((request, response) => {
    const answer = async (): Promise<SimulatedReply> => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://sandbox");
      const simulation = simulations.find(({ prefix }) => pathname.startsWith(`${prefix}/`));
      if (!simulation) return { status: 404 };
      return simulation.simulate({
        method: request.method ?? "",
        path: pathname.slice(simulation.prefix.length),
        query: searchParams,
        headers: request.headers,
        body: await readText(request),
      });
    };
    answer().then(
      ({ status, headers, body }) => {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(body === undefined ? "" : JSON.stringify(body));
      },
      () => {
        response.destroy();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: (provider) => new URL(`http://127.0.0.1:${port}${prefixOf(provider)}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function prefixOf({ id, settings }: Provider): string {
  return `/${id.toLowerCase()}${settings.basePath}`;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
