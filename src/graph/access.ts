import { Directive } from "type-graphql";
import { Fault } from "../kernel";

export const scopes = [
  "income:read",
  "compliance:read",
  "session:write",
  "pii:reveal",
  "subject:erase",
  "audit:read",
  "ops:read",
] as const;
export type Scope = (typeof scopes)[number];

/** Who calls, for which tenant, and what they may do: the claims of a verified token. */
export interface Access {
  readonly tenant: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** When the token ends, and all access with it. */
  readonly expiresAtMs: number;
}

export function allows(access: Pick<Access, "scopes">, ...anyOf: readonly Scope[]): boolean {
  return anyOf.some((scope) => access.scopes.has(scope));
}

export function requireScope(access: Access, ...anyOf: readonly Scope[]): void {
  if (!allows(access, ...anyOf)) throw forbidden(...anyOf);
}

export function forbidden(...anyOf: readonly Scope[]): Fault {
  return new Fault("FORBIDDEN", { hint: `It needs the scope ${anyOf.join(" or ")}.`, scopes: anyOf });
}

/**
 * On a field, or on a type for every field that returns it: only callers with one of these scopes may have it. It is
 * federation's own mark, for routers to read, and the one that `guard.ts` enforces.
 */
export function Requires(...anyOf: readonly [Scope, ...Scope[]]): ReturnType<typeof Directive> {
  const scopes = anyOf.map((scope) => `["${scope}"]`).join(", ");
  return Directive(`@requiresScopes(scopes: [${scopes}])`);
}

/** Every caller with a valid token may have it. A request without one never reaches the graph. */
export function Authenticated(): ReturnType<typeof Directive> {
  return Directive("@authenticated");
}
