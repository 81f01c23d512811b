import { createDocumentRoute } from "../../src/server/http/documentRoute";
import { openStandInServer } from "../support/standInServer";

async function* pieces(...texts: readonly (string | Error)[]): AsyncGenerator<Buffer> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield await Promise.resolve(Buffer.from(text));
  }
}

/** A route that hands out these pieces, whatever link is followed. */
async function openRoute(byteCount: number | undefined, ...texts: readonly (string | Error)[]) {
  const file = { fileName: "ITR-V-2025-26.pdf", contentType: "application/pdf", byteCount, pieces: pieces(...texts) };
  const route = createDocumentRoute({
    links: { follow: () => Promise.resolve(file) },
    authenticate: () =>
      Promise.resolve({ tenant: "lender", subject: "clerk", scopes: new Set(["income:read"]) } as never),
  });
  return openStandInServer((request, response) => void route(request, response));
}

describe("a file that is handed out", () => {
  it("comes as it is, piece by piece", async () => {
    await using server = await openRoute(undefined, "%PDF", "-1.7");
    expect(await (await fetch(new URL("/documents/a", server.url))).text()).toBe("%PDF-1.7");
  });

  it("tells its length where that is known", async () => {
    await using server = await openRoute(8, "%PDF", "-1.7");
    expect((await fetch(new URL("/documents/a", server.url))).headers.get("content-length")).toBe("8");
  });

  it("ends with its connection where it breaks off, so that nobody takes a part for the whole", async () => {
    await using server = await openRoute(undefined, "%PDF", new Error("the sender has left"));
    const reading = fetch(new URL("/documents/a", server.url)).then((response) => response.text());
    await expect(reading).rejects.toThrow();
  });
});
