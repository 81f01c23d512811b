import { asObject, type JsonObject } from "../kernel";

/**
 * Brings the layouts of Part B into one. Its name is spelt with a hyphen or an underscore, and the rebate, the cess and
 * their neighbours stand beside the block of the tax on total income in one form, and within it in the other.
 */
export function inOneLayout(body: JsonObject): JsonObject {
  const parts = Object.fromEntries(Object.entries(body).map(([key, part]) => [key.replace(/^PartB-/, "PartB_"), part]));
  const partBTti = asObject(parts.PartB_TTI);
  const computation = asObject(partBTti?.ComputationOfTaxLiability);
  if (computation === undefined) return parts;
  const flat = { ...asObject(computation.TaxPayableOnTI), ...computation };
  return { ...parts, PartB_TTI: { ...partBTti, ComputationOfTaxLiability: flat } };
}

/** What stands at a path of keys; undefined where one of them is missing. */
export function valueAt(body: JsonObject, path: string): unknown {
  let value: unknown = body;
  for (const key of path.split(".")) value = asObject(value)?.[key];
  return value;
}
