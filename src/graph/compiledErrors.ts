import { GraphQLError, type ExecutionResult } from "graphql";

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
