import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { withUsualErrors } from "./compiledErrors";
import type { GraphContext } from "./context";
import { withEqualErrorsOnce } from "./equalErrors";

type Variables = Readonly<Record<string, unknown>>;
type Run = (context: GraphContext, variables: Variables) => Promise<ExecutionResult>;

export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

/** Runs a validated operation, whichever road it came by. */
export type RunOperation = (operation: Operation, context: GraphContext) => Promise<ExecutionResult>;

/**
 * Operations run compiled. Whoever parses keeps its documents, and a document's compiled operations live exactly as long
 * as the document does.
 */
export function createOperations(schema: GraphQLSchema): RunOperation {
  const runsByDocument = new WeakMap<DocumentNode, Map<string, Run>>();

  function runOf(document: DocumentNode, operationName: string | undefined): Run {
    const runs = runsByDocument.get(document) ?? new Map<string, Run>();
    runsByDocument.set(document, runs);
    const name = operationName ?? "";
    const run = runs.get(name) ?? compile(document, operationName);
    runs.set(name, run);
    return run;
  }

  function compile(document: DocumentNode, operationName: string | undefined): Run {
    const compiled = compileQuery(schema, document, operationName, { disablingCapturingStackErrors: true });
    if (isCompiledQuery(compiled)) {
      return async (context, variables) => withUsualErrors(await compiled.query(undefined, context, variables));
    }
    // What cannot be compiled (an operation name that is not there, for instance) is told in graphql-js's own words.
    const named = { schema, document, ...(operationName !== undefined && { operationName }) };
    return async (contextValue, variableValues) =>
      withUsualErrors(await execute({ ...named, contextValue, variableValues }));
  }

  return async ({ document, operationName, variables }, context) => {
    const result = await runOf(document, operationName)(context, variables);
    return { ...withEqualErrorsOnce(result), extensions: { cost: costOf(context) } };
  };
}

function costOf({ cost: { paise, ...counts } }: GraphContext): Record<string, number> {
  return { ...counts, rupees: paise / 100 };
}
