import type { LookupAddress } from "node:dns";
import type { RequestListener } from "node:http";
import { Agent } from "undici";
import { CallerLeft } from "../../src/kernel/deadline";
import { createFileFetcher } from "../../src/upstream/fileFetcher";
import { longestTurnDuring } from "../support/longestTurn";
import { openStandInServer } from "../support/standInServer";

const staying = new AbortController().signal;
const pdf: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF-1.7");
};
const namesOf = (addresses: Readonly<Record<string, string>>) => (name: string) => {
  const address = addresses[name];
  const found: LookupAddress[] = address === undefined ? [] : [{ address, family: address.includes(":") ? 6 : 4 }];
  return Promise.resolve(found);
};

/** A vendor of our sandbox, whose own address is private as every simulator's is. */
async function openFiles(
  answer: RequestListener,
  changes: Partial<Parameters<typeof createFileFetcher>[0]> = {},
  addresses = {},
) {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await openStandInServer(answer));
  const trustedHosts = [server.url.host];
  const guard = { provider: "TUTELAR", baseUrl: server.url, fileHosts: [], allowPrivate: false, trustedHosts };
  const files = stack.use(createFileFetcher({ ...guard, ...changes }, namesOf(addresses)));
  return {
    port: server.url.port,
    open: (link: string) => files.open(new URL(link, server.url.href).href, staying),
    fetch: (link: string, signal = staying) => files.fetch(URL.parse(link, server.url.href)?.href ?? link, signal),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const badResponse = (note: string) => ({
  code: "PROVIDER_BAD_RESPONSE",
  context: { provider: "TUTELAR", note: expect.stringContaining(note) as string },
});

describe("a file", () => {
  it("comes with its type and its bytes", async () => {
    await using files = await openFiles(pdf);
    expect(await files.fetch("/itr-v.pdf?signature=1")).toEqual({
      contentType: "application/pdf",
      bytes: Buffer.from("%PDF-1.7"),
    });
  });

  it.each(["text/html", "image/svg+xml", ""])("of the type '%s' is refused", async (type) => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, type === "" ? {} : { "content-type": type }).end("<script>");
    });
    await expect(files.fetch("/a")).rejects.toMatchObject(badResponse("type"));
  });

  it("may name a character set beside its type", async () => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "Application/JSON; charset=utf-8" }).end("{}");
    });
    expect((await files.fetch("/a")).contentType).toBe("application/json");
  });

  it("of 19 MB is refused while it comes, and delays nobody by more than 50 ms", async () => {
    const pieces = [
      ...Buffer.alloc(19_000_000, "7")
        .toString()
        .matchAll(/7{100000}/g),
    ].map(([piece]) => piece);
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const pour = () => {
        for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) if (!response.write(piece)) return;
        response.end();
      };
      response.on("drain", pour);
      pour();
    });
    const turnMs = await longestTurnDuring(async () => {
      await expect(files.fetch("/a")).rejects.toMatchObject(badResponse("too large"));
    });
    expect(turnMs).toBeLessThan(50);
    expect(pieces.length).toBeGreaterThan(50);
  });

  it("of five megabytes is fetched whole", async () => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(Buffer.alloc(5_000_000));
    });
    expect((await files.fetch("/a")).bytes).toHaveLength(5_000_000);
  });

  it.each([
    [403, "PROVIDER_BAD_RESPONSE"],
    [404, "PROVIDER_BAD_RESPONSE"],
    [429, "PROVIDER_UNAVAILABLE"],
    [503, "PROVIDER_UNAVAILABLE"],
  ])("that is answered with %d is %s", async (status, code) => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(status, { "content-type": "application/pdf" }).end();
    });
    await expect(files.fetch("/a")).rejects.toMatchObject({ code });
  });

  it("that is cut short is PROVIDER_UNAVAILABLE", async () => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf" }).write("%PDF", () => response.destroy());
    });
    await expect(files.fetch("/a")).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });

  it("leaves no agent behind for each of any number of hosts", async () => {
    await using files = await openFiles(pdf);
    const hosts = Array.from({ length: 40 }, (_, at) => `h${at}.files.example`);
    const fileHosts = hosts.map((host) => `http://${host}:${files.port}`);
    const addresses = Object.fromEntries(hosts.map((host) => [host, "127.0.0.1"]));
    const baseUrl = new URL("https://api.example");
    const guard = { provider: "DEEPVUE", baseUrl, fileHosts, allowPrivate: true, trustedHosts: [] };
    const closed = jest.spyOn(Agent.prototype, "close");
    await using named = createFileFetcher(guard, namesOf(addresses));
    for (const origin of fileHosts) await named.fetch(`${origin}/a`, staying);
    expect(new Set(closed.mock.contexts).size).toBe(hosts.length - 8);
    closed.mockRestore();
  });

  it("is given up when its caller leaves", async () => {
    const caller = new AbortController();
    await using files = await openFiles(() => {
      caller.abort(new CallerLeft());
    });
    await expect(files.fetch("/a", caller.signal)).rejects.toThrow(CallerLeft);
  });
});

describe("a link", () => {
  it.each([
    ["to another host", "https://evil.example/a"],
    ["to another port of the vendor's host", "http://127.0.0.1:1/a"],
    ["to a name that merely ends like an allowed one", "https://evilfiles.example/a"],
    ["to the bare domain of a wildcard", "https://files.example/a"],
    ["over plain http", "http://a.files.example/"],
    ["to an odd port", "https://a.files.example:8443/"],
    ["into the file system", "file:///etc/passwd"],
    ["to no host", "data:application/pdf,x"],
  ])("%s is refused", async (_where, link) => {
    await using files = await openFiles(pdf, { fileHosts: ["*.files.example"] });
    await expect(files.fetch(link)).rejects.toMatchObject(badResponse("not allowed"));
  });

  it("that is no address is refused", async () => {
    await using files = await openFiles(pdf);
    await expect(files.fetch("http://")).rejects.toMatchObject(badResponse("no address"));
  });

  it("with a password in it is refused", async () => {
    await using files = await openFiles(pdf);
    await expect(files.fetch(`http://me:secret@127.0.0.1:${files.port}/a`)).rejects.toMatchObject(
      badResponse("password"),
    );
  });

  it("is resolved by us, and followed to where we resolved it", async () => {
    await using files = await openFiles(pdf, {}, {});
    const fileHosts = [`http://files.example:${files.port}`];
    await using named = createFileFetcher(
      { provider: "TUTELAR", baseUrl: new URL("https://api.example"), fileHosts, allowPrivate: true, trustedHosts: [] },
      namesOf({ "files.example": "127.0.0.1" }),
    );
    const file = await named.fetch(`http://files.example:${files.port}/a`, staying);
    expect(file.bytes.toString()).toBe("%PDF-1.7");
  });

  it("to a name that nobody has is PROVIDER_UNAVAILABLE", async () => {
    await using files = await openFiles(pdf, { fileHosts: ["*.files.example"] });
    await expect(files.fetch("https://a.files.example/")).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });
});

describe("a private address", () => {
  it.each(["10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:10.0.0.1", "fe80::1", "224.0.0.1"])(
    "is refused as what an allowed name resolves to: %s",
    async (address) => {
      await using files = await openFiles(pdf, { fileHosts: ["*.files.example"] }, { "a.files.example": address });
      await expect(files.fetch("https://a.files.example/")).rejects.toMatchObject(badResponse("private address"));
    },
  );

  it("is refused when it stands in an allowed link itself", async () => {
    await using files = await openFiles(pdf, { fileHosts: ["http://10.0.0.1:8000", "http://[::1]:8000"] });
    for (const link of ["http://10.0.0.1:8000/a", "http://[::1]:8000/a"]) {
      await expect(files.fetch(link)).rejects.toMatchObject(badResponse("private address"));
    }
  });

  it("is refused when it is one of several", async () => {
    await using files = createFileFetcher(
      {
        provider: "TUTELAR",
        baseUrl: new URL("https://api.example"),
        fileHosts: [],
        allowPrivate: false,
        trustedHosts: [],
      },
      () =>
        Promise.resolve([
          { address: "203.0.113.7", family: 4 },
          { address: "192.168.0.1", family: 4 },
        ]),
    );
    await expect(files.fetch("https://api.example/a", staying)).rejects.toMatchObject(badResponse("private address"));
  });

  it("is refused at the vendor's own host in live mode", async () => {
    await using files = await openFiles(pdf, { trustedHosts: [] });
    await expect(files.fetch("/a")).rejects.toMatchObject(badResponse("private address"));
  });

  it("is let through where the operator allows it", async () => {
    await using files = await openFiles(pdf, { trustedHosts: [], allowPrivate: true });
    expect((await files.fetch("/a")).contentType).toBe("application/pdf");
  });
});

describe("a redirect", () => {
  const leadsTo =
    (location: string): RequestListener =>
    (request, response) => {
      if (request.url === "/end") pdf(request, response);
      else response.writeHead(302, { location }).end("moved");
    };

  it("is followed within what is allowed", async () => {
    await using files = await openFiles(leadsTo("/end"));
    expect((await files.fetch("/start")).contentType).toBe("application/pdf");
  });

  it("to a host that is not allowed is refused", async () => {
    await using files = await openFiles(leadsTo("https://evil.example/"));
    await expect(files.fetch("/start")).rejects.toMatchObject(badResponse("not allowed"));
  });

  it("to an allowed name at a private address is refused", async () => {
    const fileHosts = ["*.files.example"];
    const addresses = { "a.files.example": "169.254.169.254" };
    await using files = await openFiles(leadsTo("https://a.files.example/"), { fileHosts }, addresses);
    await expect(files.fetch("/start")).rejects.toMatchObject(badResponse("private address"));
  });

  it.each([
    [3, true],
    [4, false],
  ])("that is one of %d in a row is followed: %s", async (redirects, isFollowed) => {
    await using files = await openFiles((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) pdf(request, response);
      else response.writeHead(307, { location: `/${left - 1}` }).end();
    });
    const fetching = files.fetch(`/${redirects}`);
    if (isFollowed) expect((await fetching).contentType).toBe("application/pdf");
    else await expect(fetching).rejects.toMatchObject(badResponse("too often"));
  });
});

describe("a file that is opened", () => {
  async function lengthOf(pieces: AsyncIterable<Buffer>): Promise<number> {
    let length = 0;
    for await (const piece of pieces) length += piece.length;
    return length;
  }

  it("comes piece by piece, with its length told beforehand", async () => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf", "content-length": 8 }).end("%PDF-1.7");
    });
    const { byteCount, pieces } = await files.open("/a");
    expect([byteCount, await lengthOf(pieces)]).toEqual([8, 8]);
  });

  it("breaks where its sender breaks off", async () => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf", "content-length": 80 });
      response.write("%PDF-1.7", () => response.destroy());
    });
    const { pieces } = await files.open("/a");
    await expect(lengthOf(pieces)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });

  it("breaks where it grows beyond twenty megabytes", async () => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf" });
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
      };
      response.on("drain", pour);
      pour();
    });
    const { pieces } = await files.open("/a");
    await expect(lengthOf(pieces)).rejects.toMatchObject(badResponse("too large"));
  });

  it("is refused before its first piece where its type is not allowed", async () => {
    await using files = await openFiles((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<script>");
    });
    await expect(files.open("/a")).rejects.toMatchObject(badResponse("type"));
  });
});
