import { asObject, type JsonObject } from "../../kernel";

/**
 * Brings the layouts of Part B into one. Its name has a hyphen or an underscore. The rebate, the cess and similar lines
 * are beside the block of the tax on total income in one layout, and inside it in the other.
 */
export function inOneLayout(body: JsonObject): JsonObject {
  const parts = Object.fromEntries(Object.entries(body).map(([key, part]) => [key.replace(/^PartB-/, "PartB_"), part]));
  const partBTti = asObject(parts.PartB_TTI);
  const computation = asObject(partBTti?.ComputationOfTaxLiability);
  if (computation === undefined) return parts;
  const flat = { ...asObject(computation.TaxPayableOnTI), ...computation };
  return { ...parts, PartB_TTI: { ...partBTti, ComputationOfTaxLiability: flat } };
}

/** The value at a path of keys; undefined when a key is missing. */
export function valueAt(body: JsonObject, path: string): unknown {
  let value: unknown = body;
  for (const key of path.split(".")) value = asObject(value)?.[key];
  return value;
}
