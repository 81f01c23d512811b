import type { Profile } from "../taxpayer";
import { mostBelievedFirst, sourcesOf, type Told } from "./belief";
import type { Reconciled } from "./reconciled";
import { mergeBodies } from "./mergeBodies";
import { severityInProfile } from "./severities";

/**
 * One person of several tellings, gaps filled. An address is taken whole from one provider, and so are the jurisdiction
 * and the word about Aadhaar: lines of two addresses together are a place where nobody lives.
 */
export function reconcileProfiles(told: readonly Told<Profile>[]): Reconciled<Profile> | undefined {
  const inOrder = mostBelievedFirst(told);
  const merged = mergeBodies(inOrder, severityInProfile);
  if (merged === undefined) return undefined;
  const profiles = inOrder.map(({ value }) => value);
  const { address, jurisdiction, aadhaarLink } = merged.value;
  return {
    value: {
      ...merged.value,
      ...(address && { address: profiles.find((profile) => profile.address)?.address }),
      ...(jurisdiction && { jurisdiction: profiles.find((profile) => profile.jurisdiction)?.jurisdiction }),
      aadhaarLink: profiles.map((profile) => profile.aadhaarLink).find(({ linked }) => linked !== null) ?? aadhaarLink,
    },
    provenance: sourcesOf(inOrder),
    disagreements: merged.disagreements,
  };
}
