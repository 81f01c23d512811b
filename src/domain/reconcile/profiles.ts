import type { Profile } from "../taxpayer";
import { mostBelievedFirst, sourcesOf, type Reported, bestOf, noted } from "./choice";
import type { Reconciled } from "./reconciled";
import { mergeBodies, type Rules } from "./mergeBodies";
import type { Severity } from "../answer";

/** People have several addresses, telephones and spellings of a category: only who they are can be disputed. */
const severityByPath: ReadonlyMap<string, Severity> = new Map([
  ["name", "SERIOUS"],
  ["dateOfBirth", "SERIOUS"],
  ["aadhaar", "SERIOUS"],
  ["aadhaarLink.linked", "WARNING"],
]);

/** Lines of two addresses together are a place where nobody lives. */
const rules: Rules = {
  severityOf: (path) => severityByPath.get(path),
  choose: bestOf,
  whole: ["address", "jurisdiction"],
};

/** One person of several tellings, gaps filled. */
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

/** The words about the link are those of the one who knows whether there is one, where anybody does. */
function withOneWordOnAadhaar(reported: readonly Reported<Profile>[]): readonly Reported<Profile>[] {
  const knowing = reported.find(({ value }) => value.aadhaarLink.linked !== null);
  if (knowing === undefined) return reported;
  return reported.map((each) => {
    const { linked } = each.value.aadhaarLink;
    return each === knowing ? each : { ...each, value: { ...each.value, aadhaarLink: { linked } } };
  });
}
