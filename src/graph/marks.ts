import { Directive } from "type-graphql";
import type { Scope } from "./access";

/**
 * On a field, or on a type for every field that returns it: only callers with one of these scopes may have it. It is
 * federation's own mark, for routers to read, and the one that `guard.ts` enforces.
 */
export function Requires(...anyOf: readonly [Scope, ...Scope[]]): ReturnType<typeof Directive> {
  const scopes = anyOf.map((scope) => `["${scope}"]`).join(", ");
  return Directive(`@requiresScopes(scopes: [${scopes}])`);
}

/** Whoever has a valid token may have it: without one nobody comes as far as the graph. */
export function Authenticated(): ReturnType<typeof Directive> {
  return Directive("@authenticated");
}
