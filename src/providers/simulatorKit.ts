import type { Clock } from "../kernel";
import type { FilingKind } from "../domain";
import type { Persona } from "./persona";
import { asObject, type JsonObject } from "./replies";
import type { SimulatedRequest } from "./provider";

export type PortalRefusal = "UNKNOWN_PAN" | "WRONG_PASSWORD" | "LOCKED" | "VAULT" | "SOURCE_DOWN";

/** How the portal turns a vendor's login down; undefined when it lets the vendor in. */
export function refusalAtPortal(persona: Persona | undefined, password: string): PortalRefusal | undefined {
  if (persona === undefined) return "UNKNOWN_PAN";
  const { portal } = persona;
  if (portal === "SOURCE_DOWN" || portal === "LOCKED" || portal === "VAULT") return portal;
  return portal === "WRONG_PASSWORD" || password !== persona.password ? "WRONG_PASSWORD" : undefined;
}

/** The members of a JSON body; none where it is no JSON object. */
export function membersOfBody({ body }: SimulatedRequest): JsonObject {
  try {
    return asObject(JSON.parse(body)) ?? {};
  } catch {
    return {};
  }
}

export function isJsonRequest({ headers }: SimulatedRequest): boolean {
  return String(headers["content-type"]).startsWith("application/json");
}

/** What a vendor does by itself after a request: found again by its id until the vendor forgets it. */
interface SimulatedJobs<Job> {
  start(job: Job): string;
  find(id: string): StartedJob<Job> | undefined;
}

export interface StartedJob<Job> {
  readonly id: string;
  readonly job: Job;
  readonly startedAtMs: number;
}

const jobLifeMs = 24 * 3_600_000;

export function createSimulatedJobs<Job>(clock: Clock, newId: () => string): SimulatedJobs<Job> {
  const jobById = new Map<string, StartedJob<Job>>();
  const isForgotten = ({ startedAtMs }: StartedJob<Job>) => clock.now() - startedAtMs >= jobLifeMs;
  return {
    start(job) {
      for (const old of jobById.values()) if (isForgotten(old)) jobById.delete(old.id);
      const id = newId();
      jobById.set(id, { id, job, startedAtMs: clock.now() });
      return id;
    },
    find(id) {
      const started = jobById.get(id);
      return started === undefined || isForgotten(started) ? undefined : started;
    },
  };
}

const wordByKind: Readonly<Record<FilingKind, string>> = {
  ORIGINAL: "Original",
  BELATED: "Belated",
  REVISED: "Revised",
  UPDATED: "Updated",
  DEFECTIVE_RESPONSE: "Defective",
  OTHER: "Other",
};

/** The word that the portal prints for a kind of return, and vendors after it. */
export function filingTypeWord(kind: FilingKind): string {
  return wordByKind[kind];
}
