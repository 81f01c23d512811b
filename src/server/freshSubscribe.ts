import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from "graphql";
import { mapAsyncIterator } from "graphql/execution/mapAsyncIterator";
import { withUsualErrors } from "../graph/execution/operations";
import type { GraphContext } from "../graph/context";

/**
 * Subscribes as graphql-js does, but for the context: loaders remember what they have read, so that each event is
 * executed in a context of its own.
 */
export async function subscribeAfresh(
  args: ExecutionArgs,
  makeContext: () => GraphContext,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream({ ...args, contextValue: makeContext() });
  if (!(Symbol.asyncIterator in events)) return withUsualErrors(events);
  return mapAsyncIterator(events, (rootValue) => execute({ ...args, rootValue, contextValue: makeContext() }));
}
