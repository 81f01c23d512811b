import type { Word } from "../../../src/domain";
import type { FilingStatus } from "../../../src/domain/filing/filingStatus";
import { reconcileFilings } from "../../../src/domain/reconcile";
import { numbered, reportedFilings } from "./reported";

type Seen = readonly [provider: string, status: FilingStatus, day: number, method?: Word<"ProvenanceMethod">];

/** What comes of a return of which these providers saw this status on these days of November. */
function reconciled(...seen: readonly Seen[]) {
  const reported = seen.map(([provider, status, day, method = "REPORTED"]) =>
    reportedFilings(provider, [numbered({ status, statusHistory: [{ status, label: `${provider} saw it` }] })], {
      day,
      method,
    }),
  );
  const [only] = reconcileFilings(reported);
  return { ...only!.filing, disagreements: only!.disagreements };
}

describe("the status of a return", () => {
  it.each<[FilingStatus, FilingStatus]>([
    ["FILED", "VERIFIED"],
    ["VERIFICATION_PENDING", "VERIFIED"],
    ["VERIFIED", "UNDER_PROCESSING"],
    ["UNDER_PROCESSING", "PROCESSED"],
    ["UNDER_PROCESSING", "DEFECTIVE"],
    ["VERIFICATION_PENDING", "DISCARDED"],
    ["UNDER_PROCESSING", "ADJUSTMENT_PROPOSED"],
    ["REFUND_ISSUED", "UNDER_SCRUTINY"],
    ["PROCESSED", "REASSESSMENT"],
    ["VERIFICATION_PENDING", "INVALID"],
    ["PROCESSED", "REFUND_ISSUED"],
    ["PROCESSED", "DEMAND_RAISED"],
  ])("goes on from %s to %s without a disagreement", (earlier, later) => {
    const { status, disagreements } = reconciled(["DEEPVUE", earlier, 8], ["KWIKID", later, 10]);
    expect(status).toBe(later);
    expect(disagreements).toEqual([]);
  });

  it.each<FilingStatus>([
    "DEFECTIVE",
    "INVALID",
    "TRANSFERRED",
    "ADJUSTMENT_PROPOSED",
    "UNDER_SCRUTINY",
    "REASSESSMENT",
  ])("may come back from %s", (setback) => {
    const { status, disagreements } = reconciled(["DEEPVUE", setback, 8], ["KWIKID", "UNDER_PROCESSING", 10]);
    expect(status).toBe("UNDER_PROCESSING");
    expect(disagreements).toEqual([]);
  });

  it("does not go back from what was done", () => {
    const { status, disagreements } = reconciled(["DEEPVUE", "PROCESSED", 8], ["KWIKID", "UNDER_PROCESSING", 10]);
    expect(status).toBe("PROCESSED");
    expect(disagreements).toMatchObject([{ path: "status", chosen: "DEEPVUE" }]);
  });

  it("is disputed where two see different ones at the same time", () => {
    const { status, disagreements } = reconciled(["DEEPVUE", "REFUND_ISSUED", 10], ["KWIKID", "UNDER_PROCESSING", 10]);
    expect(status).toBe("REFUND_ISSUED");
    expect(disagreements).toMatchObject([{ claims: [{ value: "REFUND_ISSUED" }, { value: "UNDER_PROCESSING" }] }]);
  });

  it("is disputed where one excludes the other", () => {
    const { status, disagreements } = reconciled(["DEEPVUE", "DEMAND_RAISED", 8], ["KWIKID", "REFUND_ISSUED", 10]);
    expect(status).toBe("REFUND_ISSUED");
    expect(disagreements).toMatchObject([{ chosen: "KWIKID", reason: "newer" }]);
  });

  it("is not in the file of a return, so a newer report is believed", () => {
    const seen = reconciled(["DEEPVUE", "DEMAND_RAISED", 8, "PARSED"], ["KWIKID", "REFUND_ISSUED", 10]);
    expect(seen.status).toBe("REFUND_ISSUED");
  });

  it("is not disputed by one who knows no more than that it was filed", () => {
    const { status, disagreements } = reconciled(["DEEPVUE", "DEFECTIVE", 8], ["TUTELAR", "FILED", 10]);
    expect(status).toBe("DEFECTIVE");
    expect(disagreements).toEqual([]);
  });

  it("is told by those who know any", () => {
    expect(reconciled(["DEEPVUE", "VERIFIED", 8], ["KWIKID", "UNKNOWN", 10]).status).toBe("VERIFIED");
  });

  it("is one provider's newest", () => {
    const { status, disagreements } = reconciled(["DEEPVUE", "UNDER_PROCESSING", 10], ["DEEPVUE", "PROCESSED", 8]);
    expect(status).toBe("UNDER_PROCESSING");
    expect(disagreements).toEqual([]);
  });

  it("comes with the history of the one who is believed", () => {
    const { statusHistory } = reconciled(["DEEPVUE", "PROCESSED", 8], ["TUTELAR", "FILED", 10]);
    expect(statusHistory).toMatchObject([{ label: "DEEPVUE saw it" }]);
  });
});
