import {
  execute,
  getOperationAST,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import type { GraphContext } from "../context";
import { refusalOfIntrospection } from "../authorization";
import { faultBehind } from "./errors";
import { coerceVariables, type Variables } from "./variables";

/**
 * Reports equal failures once: what fails for each of a hundred taxpayers is one failure, told at the first place where it
 * was met, with how often. Equal are those with one code, provider and message, at one path but for the places in lists.
 */
export function withEqualErrorsOnce(result: ExecutionResult): ExecutionResult {
  const { errors } = result;
  if (errors === undefined || errors.length < 2) return result;
  const groups = [...Map.groupBy(errors, nameOf).values()];
  return { ...result, errors: groups.flatMap(([first, ...others]) => (first ? counted(first, others.length) : [])) };
}

function nameOf(error: GraphQLError): string {
  const fault = faultBehind(error);
  const path = error.path?.map((place) => (typeof place === "number" ? 0 : place));
  return JSON.stringify([fault?.code, fault?.context.provider, error.message, path]);
}

function counted(first: GraphQLError, others: number): GraphQLError {
  if (others > 0) first.extensions.count = others + 1;
  return first;
}

/**
 * The compiler makes errors of its own, without extensions. From here on they are graphql-js's, and those that belong to
 * no field, because they stopped the operation before it began, are marked as the caller's input.
 */
export function withUsualErrors(result: ExecutionResult): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map(usual) } : result;
}

function usual({ message, path, originalError, locations }: GraphQLError): GraphQLError {
  const made = new GraphQLError(message, {
    ...(path && { path }),
    ...(originalError && { originalError }),
    extensions: path ? {} : { code: "BAD_USER_INPUT" },
  });
  // A place in the text is otherwise worked out from nodes, which the compiler does not hand over.
  Object.defineProperty(made, "locations", { value: locations, enumerable: true });
  return made;
}

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
    const operation = getOperationAST(document, operationName);
    // The compiler's own coercion ignores the default of a variable that must not be null. What is coerced twice stays the same.
    const coerced = operation ? coerceVariables(schema, operation, variables) : { variables };
    const result = coerced.errors ? coerced : await runOf(document, operationName)(context, coerced.variables);
    return { ...withEqualErrorsOnce(result), extensions: extensionsOf(context) };
  };
}

export function extensionsOf({ cost: { paise, ...counts } }: GraphContext): { cost: Record<string, number> } {
  return { cost: { ...counts, rupees: paise / 100 } };
}
