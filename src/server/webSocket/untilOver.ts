import { GraphQLError, type ExecutionResult } from "graphql";

type Events = AsyncIterableIterator<ExecutionResult>;

interface Listener {
  readonly heard: (result: ExecutionResult) => void;
  /** More than once does no harm. */
  readonly over: () => void;
}

/** Calls back when a subscription is over: at its end, when its reader leaves, or when it never begins. */
export async function untilOver(
  subscribe: () => Promise<Events | ExecutionResult>,
  listener: Listener,
  leaving: AbortSignal,
): Promise<Events | ExecutionResult> {
  const { over } = listener;
  leaving.addEventListener("abort", over, { once: true });
  const end = () => {
    leaving.removeEventListener("abort", over);
    over();
  };
  try {
    const events = await subscribe();
    if (Symbol.asyncIterator in events) return endingWith(end, listener, events);
    listener.heard(events);
    end();
    return events;
  } catch (thrown) {
    const failed = failure(thrown);
    listener.heard(failed);
    end();
    return failed;
  }
}

function endingWith(end: () => void, { heard }: Listener, events: Events): Events {
  return {
    async next() {
      try {
        const result = await events.next();
        if (result.done) end();
        else heard(result.value);
        return result;
      } catch (thrown) {
        heard(failure(thrown));
        end();
        throw thrown;
      }
    },
    async return() {
      end();
      return (await events.return?.()) ?? { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function failure(thrown: unknown): ExecutionResult {
  return { errors: [new GraphQLError("", { originalError: thrown as Error })] };
}
