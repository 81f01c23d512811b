import type { ExecutionResult, GraphQLError } from "graphql";
import { faultBehind } from "./errors";

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
