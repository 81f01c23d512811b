import { buildSchema } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { manualClock, type Clock } from "../../src/kernel/clock";
import { atTokenEnd } from "../../src/server/webSocket/tokenEnd";
import { serveWebSockets, startMs } from "../support/bareWebSocket";

const minuteMs = 60_000;

describe("the end of a token", () => {
  const endsAfter = (ms: number, clock = manualClock(startMs)) => {
    const over = jest.fn();
    const cancel = atTokenEnd({ expiresAtMs: startMs + ms }, clock, over);
    return { over, cancel, clock };
  };

  it("is told when it comes", () => {
    const { over, clock } = endsAfter(minuteMs);
    clock.advance(minuteMs - 1);
    expect(over).not.toHaveBeenCalled();
    clock.advance(1);
    expect(over).toHaveBeenCalledTimes(1);
  });

  it("is waited for longer than any timer can", () => {
    const { over, clock } = endsAfter(90 * 24 * 60 * minuteMs);
    clock.advance(89 * 24 * 60 * minuteMs);
    expect(over).not.toHaveBeenCalled();
    clock.advance(24 * 60 * minuteMs);
    expect(over).toHaveBeenCalledTimes(1);
  });

  it("is told at once where it has come already", () => {
    expect(endsAfter(0).over).toHaveBeenCalledTimes(1);
  });

  it("is not told to whoever has left", () => {
    const { over, cancel, clock } = endsAfter(3 * 60 * minuteMs);
    clock.advance(2 * 60 * minuteMs);
    cancel();
    clock.advance(2 * 60 * minuteMs);
    expect(over).not.toHaveBeenCalled();
  });
});

describe("a socket whose token ends", () => {
  let webSockets: Awaited<ReturnType<typeof serveWebSockets>>;

  afterEach(() => webSockets[Symbol.asyncDispose]());

  /** One event at once, and then none for ever. */
  async function serve(tokenClock: Clock): Promise<string> {
    const schema = buildSchema("type Query { a: Int } type Subscription { ticked: Int }");
    schema.getSubscriptionType()!.getFields().ticked!.subscribe = async function* () {
      yield await Promise.resolve({ ticked: 1 });
      await new Promise(() => undefined);
    };
    webSockets = await serveWebSockets(schema, { tokenClock });
    return webSockets.url;
  }

  it("is closed with a code after which clients come back with a new token", async () => {
    const clock = manualClock(startMs);
    const url = await serve(clock);
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
    const seen: unknown[] = [];
    const watching = (async () => {
      for await (const { data } of client.iterate({ query: "subscription { ticked }" })) {
        seen.push(data);
        clock.advance(minuteMs);
      }
    })();
    await expect(watching).rejects.toMatchObject({ code: 4403 });
    expect(seen).toEqual([{ ticked: 1 }]);
  });

  it("answers no operation even if its end went by unnoticed", async () => {
    let nowMs = startMs;
    const url = await serve({ now: () => nowMs, after: () => () => undefined });
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: minuteMs });
    const ask = async () => {
      for await (const answer of client.iterate({ query: "{ a }" })) return answer;
      return undefined;
    };
    expect(await ask()).toEqual({ data: { a: 1 } });
    nowMs += minuteMs;
    await expect(ask()).rejects.toMatchObject({ code: 4403 });
  });
});
