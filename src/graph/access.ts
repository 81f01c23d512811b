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
  "events:read",
  "webhooks:write",
] as const;
export type Scope = (typeof scopes)[number];

/** The caller, its tenant and its rights: the claims of a verified token. */
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
 * Marks a field, or a type and so every field that returns it: only callers with one of these scopes may read it. It is
 * federation's `@requiresScopes`, which routers read and `authorization/enforceScopes.ts` enforces.
 */
export function Requires(...anyOf: readonly [Scope, ...Scope[]]): ReturnType<typeof Directive> {
  const scopes = anyOf.map((scope) => `["${scope}"]`).join(", ");
  return Directive(`@requiresScopes(scopes: [${scopes}])`);
}

/** Every caller with a valid token may read it. A request without a token never reaches the graph. */
export function Authenticated(): ReturnType<typeof Directive> {
  return Directive("@authenticated");
}
