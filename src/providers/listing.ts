import { absent, failed, found, type Answer, type Provenance } from "../domain/answer";
import type { IncomeYear } from "../domain/taxPeriod";
import { asObject, providerFault, type JsonObject } from "./reply";

/** What could be read of a vendor's list, and whether that is all of it. */
export interface Listing<T> {
  readonly entries: readonly T[];
  readonly isWhole: boolean;
}

/** Reads each entry by itself, so that a malformed one takes no neighbour with it. */
export function readListing<T>(list: unknown, read: (entry: JsonObject) => T | undefined): Listing<T> {
  if (!Array.isArray(list)) return { entries: [], isWhole: false };
  const entries = list
    .map((entry) => {
      const object = asObject(entry);
      return object && read(object);
    })
    .filter((entry) => entry !== undefined);
  return { entries, isWhole: entries.length === list.length };
}

export function ofYear<T extends { readonly incomeYear: IncomeYear }>(
  { entries, isWhole }: Listing<T>,
  year: IncomeYear,
): Listing<T> {
  return { entries: entries.filter(({ incomeYear }) => incomeYear === year), isWhole };
}

/** An entry that could not be read may be the very one asked for, so that its loss must not pass for an absence. */
export function listingAnswer<T>({ entries, isWhole }: Listing<T>, provenance: Provenance): Answer<readonly T[]> {
  if (entries.length > 0) return found(entries, provenance);
  if (isWhole) return absent(provenance);
  const { provider } = provenance;
  return failed(provider, providerFault(provider, "PROVIDER_BAD_RESPONSE", "a list could not be read"));
}
