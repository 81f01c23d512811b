import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Fault, faultRegister, type FaultCode } from "../../kernel";

/** GraphQL's own codes for documents that were refused before execution. */
export const malformedCodes: ReadonlySet<string> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
]);

/**
 * Every error leaves through this function. Registered faults keep their public message, GraphQL's own errors lose the
 * values they quote, HTTP-level errors become BAD_INPUT, and all others become INTERNAL.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const fault = faultBehind(error);
  if (fault)
    return { message: fault.message, ...place, extensions: { ...faultExtensions(fault), ...countIn(formatted) } };
  const code = String(formatted.extensions?.code);
  if (malformedCodes.has(code))
    return {
      message: withoutValues(formatted.message),
      ...place,
      extensions: { ...callersFault(code), ...fieldIn(formatted) },
    };
  if (isComplaintAboutRequest(code))
    return { message: formatted.message, ...place, extensions: callersFault("BAD_INPUT") };
  const internal = new Fault("INTERNAL");
  return { message: internal.message, ...place, extensions: { ...faultExtensions(internal), ...countIn(formatted) } };
}

/** Suggestions reveal names of a schema that the caller may not introspect. */
export function errorFormatter({ suggestions }: { readonly suggestions: boolean }): typeof formatError {
  if (suggestions) return formatError;
  return (formatted, error) => {
    const answer = formatError(formatted, error);
    return { ...answer, message: answer.message.replace(/ ?Did you mean .*$/s, "") };
  };
}

/** The path of a malformed variable; see `coerceVariables`. */
function fieldIn({ extensions }: GraphQLFormattedError): { field?: string } {
  return typeof extensions?.field === "string" ? { field: extensions.field } : {};
}

/** How often an equal error occurred, if more than once. */
function countIn({ extensions }: GraphQLFormattedError): { count?: number } {
  return typeof extensions?.count === "number" ? { count: extensions.count } : {};
}

/** True for an error that is our own failure: it is answered as INTERNAL, and logged. */
export function isMasked(error: unknown): boolean {
  const code = error instanceof GraphQLError ? String(error.extensions.code) : "";
  const fault = faultBehind(error);
  return fault ? fault.code === "INTERNAL" : !malformedCodes.has(code) && !isComplaintAboutRequest(code);
}

export function faultExtensions(fault: Fault): Record<string, unknown> {
  const { provider, field, scopes, retryAfterSeconds } = fault.context;
  return {
    code: fault.code,
    blame: fault.blame,
    retryable: fault.retryable,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(provider !== undefined && { provider }),
    ...(field !== undefined && { field }),
    ...(scopes !== undefined && { scopes }),
  };
}

export function faultBehind(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  return error instanceof GraphQLError ? faultBehind(error.originalError) : undefined;
}

function callersFault(code: string): Record<string, unknown> {
  const { blame, retryable } = faultRegister["BAD_INPUT" satisfies FaultCode];
  return { code, blame, retryable };
}

function isComplaintAboutRequest(code: string): boolean {
  return code === "BAD_REQUEST" || code === "OPERATION_RESOLUTION_FAILURE" || code.startsWith("PERSISTED_QUERY_");
}

/** graphql-js quotes the caller's values, one of which may be a password. */
function withoutValues(message: string): string {
  return message
    .replace(
      /(escape sequence:|,? found|,? but got|got invalid value|cannot represent[^:]*value:|Unexpected (?:Name|String|BlockString|Int|Float)) .*$/s,
      "$1",
    )
    .replace(/^Value ".*" does not exist/s, "This value does not exist");
}
