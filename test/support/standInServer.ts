import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface StandInServer extends AsyncDisposable {
  readonly url: URL;
}

/** A server on loopback that behaves as badly as a test wants it. */
export async function openStandInServer(answer: RequestListener): Promise<StandInServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
