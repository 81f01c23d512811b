import type { Word } from "../vocabulary";

export type FilingStatus = Word<"FilingStatus">;

/** The first match wins, because a label may name earlier steps too ("processed with refund due"). */
const statusByKeywords: readonly (readonly [RegExp, FilingStatus])[] = [
  [/\b(not|never|non|un)( yet| been)* ?(e )?(file[dr]?|submitted)\b|\byet to (be )?(file|submit)/, "NOT_FILED"],
  [/\bno (itr|returns?)\b/, "NOT_FILED"],
  [/\bdiscarded\b/, "DISCARDED"],
  [/defect/, "DEFECTIVE"],
  [/\binvalid/, "INVALID"],
  // Section 148 reopens a year, 143(2) starts a scrutiny, 143(1)(a) proposes an adjustment before processing.
  [/\b148 ?a?\b|\breassess|\bescap(ed|ing) assessment/, "REASSESSMENT"],
  [/\b143 2\b|\bscrutiny\b/, "UNDER_SCRUTINY"],
  [/^(?!.*\bprocessed\b).*\b143 1 a\b|\bpropos\w* adjustment|\badjustment\w* propos/, "ADJUSTMENT_PROPOSED"],
  [/\b(not|un|pending|awaiting|yet)\b.* (e )?verif|unverif/, "VERIFICATION_PENDING"],
  [/verification .*\b(pending|awaited|due|yet|not|failed|required)\b/, "VERIFICATION_PENDING"],
  [/\b(not|un|pending|awaiting|yet)\b.* process|\b(under|in) process|unprocessed/, "UNDER_PROCESSING"],
  [/refund .*\b(failed|failure|adjusted|not|unpaid)\b/, "PROCESSED"],
  [/refund .*\b(paid|issued|reissued|credited|transferred)\b/, "REFUND_ISSUED"],
  [/transfer/, "TRANSFERRED"],
  [/\bdemand (has been |is |was |fully |already )*(paid|settled|discharged)\b/, "PROCESSED"],
  [/demand/, "DEMAND_RAISED"],
  [/processed|refund/, "PROCESSED"],
  [/processing/, "UNDER_PROCESSING"],
  [/\bverified\b|verification (is )?(completed?|successful|done)|\bsuccessful (e )?verification/, "VERIFIED"],
  [/verif/, "VERIFICATION_PENDING"],
  [/\b(filed|submitted|uploaded)\b/, "FILED"],
];

/** The portal's list of labels is unpublished and open, so a label is classified by its words. */
export function filingStatusFromLabel(label: string): FilingStatus {
  const words = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    // "No demand" and "no refund" name what did not happen.
    .replace(/\b(no|nil|without)( (or|and|any|no|nil))*( (demand|refund)( due)?( (or|and|nor|no))*)+\b/g, " ");
  return statusByKeywords.find(([keywords]) => keywords.test(words))?.[1] ?? "UNKNOWN";
}
