import { asObject, type JsonObject } from "./reply";
import type { SimulatedRequest } from "./simulation";

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
