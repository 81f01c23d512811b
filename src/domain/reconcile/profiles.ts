import type { Profile } from "../taxpayer";
import { mostBelievedFirst, sourcesOf, type Reported, bestOf, noted } from "./choice";
import type { Reconciled } from "./reconciled";
import { mergeBodies, type Rules } from "./mergeBodies";
import type { Severity } from "../answer";

/** People have several addresses and telephones, so only facts of identity can be disputed. */
const severityByPath: ReadonlyMap<string, Severity> = new Map([
  ["name", "SERIOUS"],
  ["dateOfBirth", "SERIOUS"],
  ["aadhaar", "SERIOUS"],
  ["aadhaarLink.linked", "WARNING"],
]);

/** Addresses are not mixed: lines of two addresses make a place that does not exist. */
const rules: Rules = {
  severityOf: (path) => severityByPath.get(path),
  choose: bestOf,
  whole: ["address", "jurisdiction"],
};

/** One profile made of several, with gaps filled. */
export function reconcileProfiles(reported: readonly Reported<Profile>[]): Reconciled<Profile> | undefined {
  const inOrder = withOneWordOnAadhaar(mostBelievedFirst(reported));
  const merged = mergeBodies(inOrder, rules);
  if (merged === undefined) return undefined;
  return {
    ...merged,
    provenance: sourcesOf(inOrder),
    choices: () => noted((note) => mergeBodies(inOrder, rules, note)),
  };
}

/** The label of the Aadhaar link comes from the provider that knows whether there is a link. */
function withOneWordOnAadhaar(reported: readonly Reported<Profile>[]): readonly Reported<Profile>[] {
  const knowing = reported.find(({ value }) => value.aadhaarLink.linked !== null);
  if (knowing === undefined) return reported;
  return reported.map((each) => {
    const { linked } = each.value.aadhaarLink;
    return each === knowing ? each : { ...each, value: { ...each.value, aadhaarLink: { linked } } };
  });
}
