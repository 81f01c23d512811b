export const filingStatuses = [
  "FILED",
  "VERIFICATION_PENDING",
  "VERIFIED",
  "UNDER_PROCESSING",
  "PROCESSED",
  "REFUND_ISSUED",
  "DEMAND_RAISED",
  "DEFECTIVE",
  "INVALID",
  "TRANSFERRED",
  "NOT_FILED",
  "UNKNOWN",
] as const;
export type FilingStatus = (typeof filingStatuses)[number];

/** The first that fits wins: a label names the steps behind it too ("processed with refund due"). */
const statusByKeywords: readonly (readonly [RegExp, FilingStatus])[] = [
  [/\b(not|never|non|un)( yet| been)* ?(e )?(file[dr]?|submitted)\b|\byet to (be )?(file|submit)/, "NOT_FILED"],
  [/\bno (itr|returns?)\b/, "NOT_FILED"],
  [/defect/, "DEFECTIVE"],
  [/\binvalid/, "INVALID"],
  [/\b(not|un|pending|awaiting|yet)\b.* (e )?verif|unverif/, "VERIFICATION_PENDING"],
  [/verification .*\b(pending|awaited|due|yet|not|failed|required)\b/, "VERIFICATION_PENDING"],
  [/\b(not|un|pending|awaiting|yet)\b.* process|\b(under|in) process|unprocessed/, "UNDER_PROCESSING"],
  [/refund .*\b(failed|failure|adjusted|not|unpaid)\b/, "PROCESSED"],
  [/refund .*\b(paid|issued|reissued|credited|transferred)\b/, "REFUND_ISSUED"],
  [/transfer/, "TRANSFERRED"],
  [/demand/, "DEMAND_RAISED"],
  [/processed|refund/, "PROCESSED"],
  [/processing/, "UNDER_PROCESSING"],
  [/\bverified\b|verification (is )?(completed?|successful|done)/, "VERIFIED"],
  [/verif/, "VERIFICATION_PENDING"],
  [/\b(filed|submitted|uploaded)\b/, "FILED"],
];

/** The portal's list of labels is unpublished and open, so a label is classified by its words. */
export function filingStatusFromLabel(label: string): FilingStatus {
  const words = label
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    // "No demand" and "no refund" name what did not happen.
    .replace(/\b(no|nil|without)( (or|and|any|no|nil))*( (demand|refund)( due)?( (or|and|nor|no))*)+\b/g, " ");
  return statusByKeywords.find(([keywords]) => keywords.test(words))?.[1] ?? "UNKNOWN";
}
