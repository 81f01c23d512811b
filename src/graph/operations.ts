import {
  execute,
  getOperationAST,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { withUsualErrors } from "./compiledErrors";
import type { GraphContext } from "./context";
import { withEqualErrorsOnce } from "./equalErrors";
import { refusalOfIntrospection } from "./authorization/introspection";

type Variables = Readonly<Record<string, unknown>>;
type Run = (context: GraphContext, variables: Variables) => Promise<ExecutionResult>;

export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

/** Runs a validated operation, whichever road it came by. */
export type RunOperation = (operation: Operation, context: GraphContext) => Promise<ExecutionResult>;

const compilerOptions = {
  disablingCapturingStackErrors: true,
  // Texts, numbers and the members of enums are in the form they are sent in: the types of our own classes see to that.
  disableLeafSerialization: true,
};

/**
 * Operations run compiled. Whoever parses keeps its documents, and a document's compiled operations live exactly as long
 * as the document does.
 */
export function createOperations(schema: GraphQLSchema, { introspection }: { introspection: boolean }): RunOperation {
  const runsByDocument = new WeakMap<DocumentNode, Map<string, Run>>();

  function runOf(document: DocumentNode, operationName: string | undefined): Run {
    const runs = runsByDocument.get(document) ?? new Map<string, Run>();
    runsByDocument.set(document, runs);
    const name = operationName ?? "";
    const known = runs.get(name);
    if (known) return known;
    const run = compile(document, operationName);
    // Callers could otherwise fill the memory with names of operations that are not there.
    if (getOperationAST(document, operationName)) runs.set(name, run);
    return run;
  }

  function compile(document: DocumentNode, operationName: string | undefined): Run {
    const compiled = compileQuery(schema, document, operationName, compilerOptions);
    if (isCompiledQuery(compiled)) {
      return async (context, variables) => withUsualErrors(await compiled.query(undefined, context, variables));
    }
    // What cannot be compiled (an operation name that is not there, for instance) is told in graphql-js's own words.
    const named = { schema, document, ...(operationName !== undefined && { operationName }) };
    return async (contextValue, variableValues) =>
      withUsualErrors(await execute({ ...named, contextValue, variableValues }));
  }

  return async ({ document, operationName, variables }, context) => {
    const refusal = introspection ? undefined : refusalOfIntrospection(document, context.access);
    if (refusal) return { errors: [new GraphQLError(refusal.message, { originalError: refusal })], data: null };
    const result = await runOf(document, operationName)(context, variables);
    return { ...withEqualErrorsOnce(result), extensions: extensionsOf(context) };
  };
}

export function extensionsOf({ cost: { paise, ...counts } }: GraphContext): { cost: Record<string, number> } {
  return { cost: { ...counts, rupees: paise / 100 } };
}
