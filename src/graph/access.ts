import { Fault } from "../kernel/fault";

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
