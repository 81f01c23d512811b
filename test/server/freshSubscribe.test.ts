import { buildSchema, parse, type ExecutionArgs } from "graphql";
import type { GraphContext } from "../../src/graph/context";
import { subscribeAfresh } from "../../src/server/webSocket/operation";

const document = parse("subscription ($id: ID!) { changed(id: $id) }");

function argsFor(subscribe: () => unknown): ExecutionArgs {
  const schema = buildSchema("type Query { a: Int } type Subscription { changed(id: ID!): String }");
  const { changed } = schema.getSubscriptionType()!.getFields();
  changed!.subscribe = subscribe;
  changed!.resolve = (event: string, _args, { requestId }: GraphContext) => `${event} in ${requestId}`;
  return { schema, document, variableValues: { id: "1" } };
}

function contexts(): () => GraphContext {
  let made = 0;
  return () => ({ requestId: String(made++) }) as GraphContext;
}

async function* events() {
  yield await Promise.resolve("one");
  yield "two";
}

describe("a subscription", () => {
  it("executes each event in a context of its own", async () => {
    const seen = [];
    for await (const { data } of (await subscribeAfresh(argsFor(events), contexts())) as AsyncIterable<{
      data: unknown;
    }>) {
      seen.push(data);
    }
    expect(seen).toEqual([{ changed: "one in 1" }, { changed: "two in 2" }]);
  });

  it("leaves its source when it is left, even while nothing happens there", async () => {
    let hasLeft = false;
    const never = new Promise<never>(() => undefined);
    const source = {
      next: () => never,
      return: () => {
        hasLeft = true;
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const results = (await subscribeAfresh(
      argsFor(() => source),
      contexts(),
    )) as AsyncIterableIterator<unknown>;
    void results.next();
    await results.return?.();
    expect(hasLeft).toBe(true);
  });

  it("that is refused brings no events", async () => {
    const refusal = new Error("no");
    const args = argsFor(() => {
      throw refusal;
    });
    expect(await subscribeAfresh(args, contexts())).toMatchObject({ errors: [{ originalError: refusal }] });
  });

  it("with variables that do not fit is the caller's mistake", async () => {
    const args = { ...argsFor(events), variableValues: {} };
    expect(await subscribeAfresh(args, contexts())).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
  });
});
