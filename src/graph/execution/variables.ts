import {
  getVariableValues,
  GraphQLError,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from "graphql";
import { asObject } from "../../kernel";

export type Variables = Readonly<Record<string, unknown>>;

type Coerced =
  | { readonly variables: Variables; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly variables?: undefined };

/** At most this many errors are reported: each costs work and bytes. */
const mostErrors = 20;

/**
 * Coerces variables and fills in defaults as graphql-js does. An error names the path and the wanted type, and never
 * repeats the value, which may be a password.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): Coerced {
  const { variableDefinitions = [] } = operation;
  const { coerced } = getVariableValues(schema, variableDefinitions, given, { maxErrors: mostErrors });
  if (coerced) {
    const nulls = misplacedNulls(schema, document, operation, coerced);
    return nulls.length > 0 ? { errors: nulls } : { variables: coerced };
  }
  const errors = variableDefinitions.flatMap((definition) => errorsIn(definition, schema, given));
  return { errors: errors.length > 0 ? errors.slice(0, mostErrors) : [errorAt("variables", "are not valid.")] };
}

/**
 * GraphQL allows a nullable variable with a default at a non-null place. An explicit null there would fail deep inside the
 * operation, or count as false in `@include`.
 */
function misplacedNulls(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): GraphQLError[] {
  const nulls = operation.variableDefinitions?.filter(
    ({ variable, defaultValue }) => defaultValue && variables[variable.name.value] === null,
  );
  if (nulls === undefined || nulls.length === 0) return [];
  const places = new TypeInfo(schema);
  const errorByName = new Map<string, GraphQLError>();
  const look = visitWithTypeInfo(places, {
    [Kind.VARIABLE]({ name: { value: name } }) {
      const wanted = places.getInputType();
      const definition = nulls.find(({ variable }) => variable.name.value === name);
      if (definition && isNonNullType(wanted)) errorByName.set(name, errorAt(name, missing(wanted), definition));
    },
  });
  for (const part of definitions) if (part === operation || part.kind === Kind.FRAGMENT_DEFINITION) visit(part, look);
  return [...errorByName.values()];
}

function missing(wanted: GraphQLInputType): string {
  return `is missing: ${String(wanted)} is required.`;
}

function errorsIn(definition: VariableDefinitionNode, schema: GraphQLSchema, given: Variables): GraphQLError[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type) || (!Object.hasOwn(given, name) && definition.defaultValue)) return [];
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  return mistakesIn(value, type, name).map(({ path, words }) => errorAt(path, words, definition));
}

function errorAt(path: string, words: string, definition?: VariableDefinitionNode): GraphQLError {
  return new GraphQLError(`The variable ${path} ${words}`, {
    nodes: definition ?? null,
    extensions: { code: "BAD_USER_INPUT", field: path },
  });
}

interface Mistake {
  /** Schema names and list indices only: "input.documents[1]". */
  readonly path: string;
  readonly words: string;
}

function mistakesIn(value: unknown, wanted: GraphQLInputType, path: string): Mistake[] {
  const isNull = value === null || value === undefined;
  if (isNull) return isNonNullType(wanted) ? [{ path, words: missing(wanted) }] : [];
  const type = isNonNullType(wanted) ? wanted.ofType : wanted;
  const invalid = { path, words: `is not valid: ${String(wanted)} is wanted.` };
  if (isListType(type)) {
    if (!Array.isArray(value)) return mistakesIn(value, type.ofType, path);
    return value.flatMap((member, at) => mistakesIn(member, type.ofType, `${path}[${at}]`));
  }
  if (!isInputObjectType(type)) return isLeafValue(value, type) ? [] : [invalid];
  const object = asObject(value);
  if (object === undefined) return [invalid];
  const fields = type.getFields();
  const mistakes = Object.values(fields).flatMap((field) => {
    const member = Object.hasOwn(object, field.name) ? object[field.name] : undefined;
    if (member === undefined && !isRequiredInputField(field)) return [];
    return mistakesIn(member, field.type, `${path}.${field.name}`);
  });
  // The name of an unknown field comes from the caller, so it is not repeated.
  const isKnown = Object.keys(object).every((name) => Object.hasOwn(fields, name));
  return isKnown
    ? mistakes
    : [...mistakes, { path, words: `is not valid: it has a field that ${type.name} does not know.` }];
}

function isLeafValue(value: unknown, type: GraphQLLeafType): boolean {
  try {
    const parsed: unknown = type.parseValue(value);
    return parsed !== undefined && !Number.isNaN(parsed);
  } catch {
    return false;
  }
}
