import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Tap extends AsyncDisposable {
  readonly url: string;
  /** All that the service has sent so far, connection by connection. */
  sent(): readonly Buffer[];
}

/** A wire to a service, which remembers every byte that the service sends: over HTTP, over WebSocket, headers and all. */
export async function openTap(service: URL): Promise<Tap> {
  const chunksByCaller = new Map<Socket, Buffer[]>();
  const server = createServer((caller) => {
    const wire = connect(Number(service.port), service.hostname);
    const chunks: Buffer[] = [];
    chunksByCaller.set(caller, chunks);
    wire.on("data", (chunk: Buffer) => chunks.push(chunk));
    for (const [end, other] of [
      [caller, wire],
      [wire, caller],
    ] as const) {
      end.pipe(other);
      end.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sent: () => [...chunksByCaller.values()].map((chunks) => Buffer.concat(chunks)),
    async [Symbol.asyncDispose]() {
      for (const caller of chunksByCaller.keys()) caller.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
