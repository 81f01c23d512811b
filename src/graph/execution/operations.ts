import {
  execute,
  getOperationAST,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  Kind,
  visit,
  type DirectiveNode,
  type SelectionNode,
  type ValueNode,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { memoizeWeak } from "../../kernel";
import type { GraphContext } from "../context";
import { refusalOfIntrospection } from "../authorization";
import { faultBehind } from "./errors";
import { coerceVariables, type Variables } from "./variables";

/**
 * Reports equal errors once, at the first path, with their count. Equal errors have the same code, provider and message, and
 * the same path but for list indices.
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
 * Turns the compiler's errors, which have no extensions, into graphql-js errors. An error without a path stopped the
 * operation before it began, and is the caller's input.
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
  // graphql-js computes locations from nodes, which the compiler does not provide.
  Object.defineProperty(made, "locations", { value: locations, enumerable: true });
  return made;
}

type Run = (context: GraphContext, variables: Variables) => Promise<ExecutionResult>;

export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Variables;
}

/** Runs a validated operation, from HTTP or WebSocket. */
export type RunOperation = (operation: Operation, context: GraphContext) => Promise<ExecutionResult>;

const compilerOptions = {
  disablingCapturingStackErrors: true,
  // Strings, numbers and enum members already have their wire form, by the types of our classes.
  disableLeafSerialization: true,
};

/** An operation with conditions is compiled once for each combination of their values. This many are cached. */
const mostVariants = 32;

/**
 * Operations run compiled. The compiled forms of an operation live as long as its document, which the parser caches. Their
 * key is the operation's node and the values of the variables that decide `@skip` and `@include`.
 */
export function createOperations(schema: GraphQLSchema, { introspection }: { introspection: boolean }): RunOperation {
  const variantsOf = memoizeWeak<OperationDefinitionNode, LRUCache<string, Run>>(
    () => new LRUCache({ max: mostVariants }),
  );

  function runOf({ document, operationName, variables }: Operation, operation: OperationDefinitionNode): Run {
    const conditions = conditionsOf(document);
    const key = conditions?.map((name) => String(variables[name])).join() ?? "";
    const variants = variantsOf(operation);
    const known = variants.get(key);
    if (known) return known;
    const run = compile(conditions ? withoutConditions(document, variables) : document, operationName);
    variants.set(key, run);
    return run;
  }

  function compile(document: DocumentNode, operationName: string | undefined): Run {
    const compiled = compileQuery(schema, document, operationName, compilerOptions);
    if (!isCompiledQuery(compiled)) return interpret(document, operationName);
    return async (context, variables) => withUsualErrors(await compiled.query(undefined, context, variables));
  }

  /** graphql-js runs what cannot be compiled, with its own errors. */
  function interpret(document: DocumentNode, operationName: string | undefined): Run {
    const named = { schema, document, ...(operationName !== undefined && { operationName }) };
    return async (contextValue, variableValues) =>
      withUsualErrors(await execute({ ...named, contextValue, variableValues }));
  }

  async function run(asked: Operation, context: GraphContext): Promise<ExecutionResult> {
    const { document, operationName } = asked;
    const operation = getOperationAST(document, operationName);
    if (!operation) return interpret(document, operationName)(context, asked.variables);
    // The compiler's coercion ignores the default of a non-null variable. Coercing twice changes nothing.
    const { errors, variables } = coerceVariables(schema, document, operation, asked.variables);
    if (errors) return { errors };
    return runOf({ document, operationName, variables }, operation)(context, variables);
  }

  return async (asked, context) => {
    const refusal = introspection ? undefined : refusalOfIntrospection(asked.document, context.access);
    if (refusal) return { errors: [new GraphQLError(refusal.message, { originalError: refusal })], data: null };
    return { ...withEqualErrorsOnce(await run(asked, context)), extensions: extensionsOf(context) };
  };
}

export function extensionsOf({ cost: { paise, ...counts } }: GraphContext): { cost: Record<string, number> } {
  return { cost: { ...counts, rupees: paise / 100 } };
}

const conditionNames: ReadonlySet<string> = new Set(["skip", "include"]);

/** The variables that decide what a document selects. Undefined if nothing in it is conditional. */
const conditionsOf = memoizeWeak((document: DocumentNode): readonly string[] | undefined => {
  const values: (ValueNode | undefined)[] = [];
  visit(document, {
    [Kind.DIRECTIVE](directive) {
      if (isCondition(directive)) values.push(valueIn(directive));
    },
  });
  const names = values.flatMap((value) => (value?.kind === Kind.VARIABLE ? value.name.value : []));
  return values.length > 0 ? [...new Set(names)] : undefined;
});

/**
 * The document with its conditions decided by these variables. The compiler mixes up the conditions of a fragment that is
 * spread twice. Each result has its own field nodes, because selections are cached by node.
 */
function withoutConditions(document: DocumentNode, variables: Variables): DocumentNode {
  const decide = (node: SelectionNode) => {
    const conditions = node.directives?.filter(isCondition) ?? [];
    if (conditions.some((condition) => isSkippedBy(condition, variables))) return null;
    return { ...node, directives: node.directives?.filter((directive) => !isCondition(directive)) ?? [] };
  };
  return visit(document, {
    [Kind.FIELD]: decide,
    [Kind.INLINE_FRAGMENT]: decide,
    [Kind.FRAGMENT_SPREAD]: decide,
  });
}

function isSkippedBy(directive: DirectiveNode, variables: Variables): boolean {
  const value = valueIn(directive);
  const decision =
    value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
  return decision === (directive.name.value === "skip");
}

function isCondition({ name }: DirectiveNode): boolean {
  return conditionNames.has(name.value);
}

function valueIn({ arguments: given }: DirectiveNode) {
  return given?.find(({ name }) => name.value === "if")?.value;
}
