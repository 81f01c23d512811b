import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Record<string, unknown> | null;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
}

/** Undefined: it never answers. */
type Answer = (received: Received, before: readonly Received[]) => number | undefined;

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** All attempts, in the order of their coming. */
  readonly all: readonly Received[];
  answerBy(answer: Answer): void;
  /** Waits for the first delivery, come or coming, of which that is true. */
  first(isWanted: (received: Received) => boolean): Promise<Received>;
  /** Waits until so many have come. */
  count(least: number): Promise<readonly Received[]>;
}

/** A backend that takes webhooks on loopback, and answers 204 unless told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const all: Received[] = [];
  const waiting = new Set<() => void>();
  let answer: Answer = () => 204;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string>;
      const received = { id: headers["webhook-id"] ?? "", headers, text, body: JSON.parse(text) as Received["body"] };
      const status = answer(received, all);
      all.push(received);
      for (const look of waiting) look();
      if (status !== undefined) response.writeHead(status, { location: "/elsewhere" }).end("some text");
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  function until<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }

  return {
    url: `http://127.0.0.1:${port}/hooks`,
    all,
    answerBy(given) {
      answer = given;
    },
    first: (isWanted) => until(() => all.find(isWanted)),
    count: (least) => until(() => (all.length >= least ? all : undefined)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** By the library that receivers use. */
export function isSignedBy(secret: string, { text, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}
