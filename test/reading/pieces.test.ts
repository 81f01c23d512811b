import { hash } from "node:crypto";
import { watched, withHead } from "../../src/reading/documentLinks";
import type { Ending } from "../../src/reading/ports";

async function* piecesOf(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

async function* breakingOff(): AsyncGenerator<Buffer> {
  yield* piecesOf("%PDF");
  throw new Error("the sender has left");
}

async function textOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece.toString();
  return text;
}

/** Reads as far as it goes, and tells how it ended. */
async function endingOf(read: (pieces: AsyncIterable<Buffer>) => Promise<unknown>, pieces: AsyncIterable<Buffer>) {
  const endings: Ending[] = [];
  const noted = watched(pieces, (ending) => Promise.resolve(void endings.push(ending)));
  await read(noted).catch(() => undefined);
  return endings;
}

describe("the head of a file", () => {
  it("is looked at without being lost", async () => {
    const { head, all } = await withHead(piecesOf("%P", "DF", "-1.7 and on", " and on"), 5);
    expect(head.toString()).toMatch(/^%PDF-/);
    expect(await textOf(all)).toBe("%PDF-1.7 and on and on");
  });

  it("is all there is of a short file", async () => {
    const { head, all } = await withHead(piecesOf("a"), 5);
    expect([head.toString(), await textOf(all)]).toEqual(["a", "a"]);
  });

  it("lets go of the rest when nobody wants it", async () => {
    const left = jest.fn();
    async function* sender() {
      try {
        yield* piecesOf("%PDF-", "more");
      } finally {
        left();
      }
    }
    const { close } = await withHead(sender(), 5);
    await close();
    expect(left).toHaveBeenCalledTimes(1);
  });
});

describe("a file on its way", () => {
  it("is whole with the digest of all its bytes", async () => {
    const sha256 = hash("sha256", "%PDF-1.7", "buffer");
    expect(await endingOf(textOf, piecesOf("%PDF", "-1.7"))).toEqual([{ outcome: "WHOLE", sha256, byteCount: 8 }]);
  });

  it("is broken where its sender breaks off", async () => {
    expect(await endingOf(textOf, breakingOff())).toEqual([{ outcome: "BROKEN", byteCount: 4 }]);
  });

  it("is broken where its reader closes", async () => {
    const readOne = async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) return piece;
      return undefined;
    };
    expect(await endingOf(readOne, piecesOf("%PDF", "-1.7"))).toEqual([{ outcome: "BROKEN", byteCount: 4 }]);
  });
});
