import type { Fetcher } from "@graphiql/toolkit";
import { getOperationAST, parse, type DocumentNode } from "graphql";

/**
 * GraphiQL learns what a tab holds a moment after opening it. Whoever presses play sooner would run it under the name of
 * the last tab's operation, so it is read anew from what is sent.
 */
export function nameOwnOperation(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    const documentAST = parsed(params.query);
    if (documentAST === undefined) return fetcher(params, options);
    const operation = getOperationAST(documentAST, params.operationName) ?? getOperationAST(documentAST);
    return fetcher({ ...params, operationName: operation?.name?.value ?? null }, { ...options, documentAST });
  };
}

/** A query with a mistake in it is the server's to refuse. */
function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}
