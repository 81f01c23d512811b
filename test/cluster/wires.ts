import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A wire between a service and the store, which can fail as networks do. */
export interface Wire extends AsyncDisposable {
  readonly port: number;
  /** What is connected now stays connected, and nothing arrives any more. New connections work. */
  blackHole(): void;
  /** Closes what is connected and takes no new connection, until it is mended. */
  cut(): void;
  mend(): void;
}

export async function openWire(toPort: number): Promise<Wire> {
  const pairs = new Set<{ readonly ends: readonly [Socket, Socket]; isLost: boolean }>();
  let isCut = false;

  const server = createServer({ noDelay: true }, (caller) => {
    if (isCut) {
      caller.resetAndDestroy();
      return;
    }
    const store = connect({ port: toPort, host: "127.0.0.1", noDelay: true });
    const pair: { readonly ends: readonly [Socket, Socket]; isLost: boolean } = {
      ends: [caller, store],
      isLost: false,
    };
    pairs.add(pair);
    const close = () => {
      pairs.delete(pair);
      caller.destroy();
      store.destroy();
    };
    for (const [end, other] of [
      [caller, store],
      [store, caller],
    ] as const) {
      end.on("data", (bytes) => {
        if (!pair.isLost) other.write(bytes);
      });
      end.on("error", () => undefined);
      end.on("close", () => {
        // The other side of a lost connection never learns that this one is gone.
        if (!pair.isLost || end === caller) close();
      });
    }
  });
  /** A wire that nobody uses would fail nobody. */
  function requireConnected(): void {
    if (pairs.size === 0) throw new Error("Nothing is connected by this wire.");
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    blackHole() {
      requireConnected();
      for (const pair of pairs) pair.isLost = true;
    },
    cut() {
      requireConnected();
      isCut = true;
      for (const { ends } of pairs) for (const end of ends) end.resetAndDestroy();
    },
    mend() {
      isCut = false;
    },
    async [Symbol.asyncDispose]() {
      for (const { ends } of pairs) for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
