import type { Persona } from "./persona";

export type PortalRefusal = "UNKNOWN_PAN" | "WRONG_PASSWORD" | "LOCKED" | "VAULT" | "SOURCE_DOWN";

/** How the portal turns a vendor's login down; undefined when it lets the vendor in. */
export function refusalAtPortal(persona: Persona | undefined, password: string): PortalRefusal | undefined {
  if (persona === undefined) return "UNKNOWN_PAN";
  const { portal } = persona;
  if (portal === "SOURCE_DOWN" || portal === "LOCKED" || portal === "VAULT") return portal;
  return portal === "WRONG_PASSWORD" || password !== persona.password ? "WRONG_PASSWORD" : undefined;
}
