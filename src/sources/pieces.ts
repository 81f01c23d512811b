import { createHash } from "node:crypto";

/** What has become of a file that was handed out piece by piece. */
export type Ending =
  | { readonly outcome: "WHOLE"; readonly sha256: Buffer; readonly byteCount: number }
  /** The provider or the caller has left in the middle. */
  | { readonly outcome: "BROKEN"; readonly byteCount: number };

interface WithHead {
  readonly head: Buffer;
  readonly all: AsyncIterable<Buffer>;
  /** For whoever does not read it. */
  readonly leave: () => Promise<unknown>;
}

/** The first bytes of a file, so many at least where there are so many, with all of it still to be read. */
export async function withHead(pieces: AsyncIterable<Buffer>, leastBytes: number): Promise<WithHead> {
  const iterator = pieces[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < leastBytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield head;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all(), leave: async () => iterator.return?.() };
}

/** The same pieces. What they came to is told once, whichever way they end. */
export async function* watched(
  pieces: AsyncIterable<Buffer>,
  onEnd: (ending: Ending) => Promise<void>,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let byteCount = 0;
  let isWhole = false;
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      byteCount += piece.length;
      yield piece;
    }
    isWhole = true;
  } finally {
    await onEnd(isWhole ? { outcome: "WHOLE", sha256: hash.digest(), byteCount } : { outcome: "BROKEN", byteCount });
  }
}
