import { once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { CallerLeft } from "../../src/kernel/deadline";
import type { UpstreamRequest } from "../../src/providers/provider";
import { createTransport } from "../../src/upstream/transport";
import { openStandInServer } from "../support/standInServer";

const staying = new AbortController().signal;
const request: UpstreamRequest = {
  method: "POST",
  path: "/check",
  headers: { "content-type": "application/json", "secret-key-timestamp": "1700000000000" },
  body: '{"pan_number":"ZZZPA1234C"}',
};

async function openConnection(answer: RequestListener, { path = "", maxInFlight = 8 } = {}) {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await openStandInServer(answer));
  const transport = stack.use(createTransport("EKO", new URL(path, server.url), maxInFlight));
  return {
    send: (changes: Partial<UpstreamRequest> = {}, signal = staying) =>
      transport.send({ ...request, ...changes }, signal),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

describe("a reply", () => {
  it("comes back as it was sent, whatever its status", async () => {
    await using connection = await openConnection((_request, response) => {
      response.writeHead(403, { "retry-after": "7" }).end("<html>पैन</html>");
    });
    expect(await connection.send()).toMatchObject({
      status: 403,
      headers: { "retry-after": "7" },
      text: "<html>पैन</html>",
    });
  });

  it("may be empty", async () => {
    await using connection = await openConnection((_request, response) => response.writeHead(405).end());
    expect(await connection.send()).toMatchObject({ status: 405, text: "" });
  });

  it("keeps a letter whole that arrives in two parts", async () => {
    const [first, second] = [Buffer.from("₹").subarray(0, 1), Buffer.from("₹").subarray(1)];
    await using connection = await openConnection((_request, response) => {
      response.write(first, () => setImmediate(() => response.end(second)));
    });
    expect((await connection.send()).text).toBe("₹");
  });

  it("that redirects is not followed", async () => {
    const paths: unknown[] = [];
    await using connection = await openConnection((incoming, response) => {
      paths.push(incoming.url);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect((await connection.send()).status).toBe(302);
    expect(paths).toEqual(["/check"]);
  });
});

describe("a request", () => {
  it.each([
    ["/ekoapi/v3", "/ekoapi/v3/check"],
    ["/ekoapi/v3/", "/ekoapi/v3/check"],
    ["/", "/check"],
  ])("to a base URL with the path %s goes to %s", async (path, expected) => {
    await using connection = await openConnection((incoming, response) => response.end(incoming.url), { path });
    expect((await connection.send()).text).toBe(expected);
  });

  it("carries its method, headers and body", async () => {
    await using connection = await openConnection((incoming, response) => {
      response.write(`${incoming.method} ${String(incoming.headers["secret-key-timestamp"])} `);
      incoming.pipe(response);
    });
    expect((await connection.send()).text).toBe('POST 1700000000000 {"pan_number":"ZZZPA1234C"}');
  });

  it("waits while as many as allowed are in flight", async () => {
    const inFlight: ServerResponse[] = [];
    let most = 0;
    await using connection = await openConnection(
      (_request, response) => {
        most = Math.max(most, inFlight.push(response));
        if (inFlight.length === 2)
          setImmediate(() => {
            inFlight.splice(0).forEach((each) => each.end());
          });
      },
      { maxInFlight: 2 },
    );
    await Promise.all(Array.from({ length: 12 }, () => connection.send()));
    expect(most).toBe(2);
  });
});

describe("a broken connection", () => {
  it("is PROVIDER_UNAVAILABLE when the connection is reset before an answer", async () => {
    await using connection = await openConnection((incoming) => incoming.socket.resetAndDestroy());
    await expect(connection.send()).rejects.toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      context: { provider: "EKO" },
    });
  });

  it.each<[string, Record<string, string>]>([
    ["of a told length", { "content-length": "1000" }],
    ["in chunks", {}],
  ])("is PROVIDER_UNAVAILABLE when a body %s is cut short", async (_way, headers) => {
    await using connection = await openConnection((_request, response) => {
      response.writeHead(200, headers).write('{"status":0', () => response.destroy());
    });
    await expect(connection.send()).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });

  it("is PROVIDER_UNAVAILABLE when nobody listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    await using transport = createTransport("EKO", new URL(`http://127.0.0.1:${port}`), 1);
    await expect(transport.send(request, staying)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
  });

  it("is PROVIDER_UNAVAILABLE when what answers does not speak HTTP", async () => {
    const server = createServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await using transport = createTransport("EKO", new URL(`http://127.0.0.1:${port}`), 1);
    await expect(transport.send(request, staying)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    server.close();
  });

  it("is whole again for the next call", async () => {
    let asked = 0;
    await using connection = await openConnection((incoming, response) => {
      asked += 1;
      if (asked === 1) incoming.socket.resetAndDestroy();
      else response.end("back");
    });
    await expect(connection.send()).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect((await connection.send()).text).toBe("back");
  });
});

describe("a reply too large to be an answer", () => {
  const twoMegabytes = Buffer.alloc(2_000_000, "x");

  it("is let through at the limit", async () => {
    await using connection = await openConnection((_request, response) => response.end(twoMegabytes));
    expect((await connection.send()).text).toHaveLength(2_000_000);
  });

  it("is refused beyond the limit", async () => {
    await using connection = await openConnection((_request, response) => {
      response.write(twoMegabytes);
      response.end("y");
    });
    await expect(connection.send()).rejects.toMatchObject({ code: "PROVIDER_BAD_RESPONSE" });
  });

  it("is refused for its headers alone", async () => {
    await using connection = await openConnection((_request, response) => {
      response.writeHead(200, { "x-long": "x".repeat(20_000) }).end("{}");
    });
    await expect(connection.send()).rejects.toMatchObject({ code: "PROVIDER_BAD_RESPONSE" });
  });

  it("is not read on when it never ends", async () => {
    const closed = Promise.withResolvers<undefined>();
    await using connection = await openConnection((_request, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(twoMegabytes));
      };
      response.on("drain", pour).on("close", () => {
        closed.resolve(undefined);
      });
      pour();
    });
    await expect(connection.send()).rejects.toMatchObject({ code: "PROVIDER_BAD_RESPONSE" });
    await closed.promise;
  });
});

describe("a signal", () => {
  it.each([
    ["before any answer", false],
    ["within the body", true],
  ])("stops a reply that hangs %s", async (_where, sendsHead) => {
    const caller = new AbortController();
    const closed = Promise.withResolvers<undefined>();
    await using connection = await openConnection((_request, response) => {
      response.on("close", () => {
        closed.resolve(undefined);
      });
      const leave = () => {
        caller.abort(new CallerLeft());
      };
      if (sendsHead) response.write('{"status":', leave);
      else leave();
    });
    await expect(connection.send({}, caller.signal)).rejects.toThrow(CallerLeft);
    await closed.promise;
  });

  it("stops a request before it is sent", async () => {
    let asked = 0;
    await using connection = await openConnection((_request, response) => {
      asked += 1;
      response.end();
    });
    await expect(connection.send({}, AbortSignal.abort(new CallerLeft()))).rejects.toThrow(CallerLeft);
    await connection.send();
    expect(asked).toBe(1);
  });

  it("frees the place of the call it stops", async () => {
    const caller = new AbortController();
    let asked = 0;
    await using connection = await openConnection(
      (_request, response) => {
        asked += 1;
        if (asked > 1) response.end("two");
        else caller.abort(new CallerLeft());
      },
      { maxInFlight: 1 },
    );
    const [first, second] = await Promise.allSettled([connection.send({}, caller.signal), connection.send()]);
    expect(first.status).toBe("rejected");
    expect(second).toMatchObject({ status: "fulfilled", value: { text: "two" } });
  });
});
