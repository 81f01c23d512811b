import { vocabulary } from "../../src/domain";
import fc from "../support/fuzz";
import { filingStatusFromLabel } from "../../src/domain/filing/filingStatus";

describe("a filing status", () => {
  it.each([
    ["Filed", "FILED"],
    ["ITR Filed", "FILED"],
    ["Not Filed", "NOT_FILED"],
    ["NOT_FILED", "NOT_FILED"],
    ["NotFiled", "NOT_FILED"],
    ["Return not yet filed", "NOT_FILED"],
    ["Non-filer", "NOT_FILED"],
    ["No ITR record found", "NOT_FILED"],
    ["Pending for e-verification", "VERIFICATION_PENDING"],
    ["Submitted and pending for e-verification", "VERIFICATION_PENDING"],
    ["Return filed but not yet e-verified", "VERIFICATION_PENDING"],
    ["Unverified", "VERIFICATION_PENDING"],
    ["e-Verification pending", "VERIFICATION_PENDING"],
    ["Pending for e-verification, not processed", "VERIFICATION_PENDING"],
    ["E-verification pending, to be processed after it", "VERIFICATION_PENDING"],
    ["e-Verify your return", "VERIFICATION_PENDING"],
    ["Successfully e-verified", "VERIFIED"],
    ["Successfully verified", "VERIFIED"],
    ["E-verification completed", "VERIFIED"],
    ["Under Processing", "UNDER_PROCESSING"],
    ["ITR under process", "UNDER_PROCESSING"],
    ["Successfully e-verified, pending for processing", "UNDER_PROCESSING"],
    ["Not yet processed", "UNDER_PROCESSING"],
    ["Processing", "UNDER_PROCESSING"],
    ["Processed", "PROCESSED"],
    ["ITR Processed with no demand/refund", "PROCESSED"],
    ["Processed with no demand and no refund", "PROCESSED"],
    ["Processed with refund due", "PROCESSED"],
    ["ITR processed refund determined and sent out to Refund Banker", "PROCESSED"],
    ["Refund failed", "PROCESSED"],
    ["Refund adjusted against outstanding demand", "PROCESSED"],
    ["Refund Paid", "REFUND_ISSUED"],
    ["Refund issued", "REFUND_ISSUED"],
    ["Refund credited to bank account", "REFUND_ISSUED"],
    ["Processed with demand due", "DEMAND_RAISED"],
    ["Outstanding demand", "DEMAND_RAISED"],
    ["Defective", "DEFECTIVE"],
    ["Defective return: notice u/s 139(9), not processed", "DEFECTIVE"],
    ["Invalid", "INVALID"],
    ["Return invalid as not verified in time", "INVALID"],
    ["Case transferred to Assessing Officer", "TRANSFERRED"],
    ["Return discarded", "DISCARDED"],
    ["ITR Discarded by taxpayer", "DISCARDED"],
    ["Demand paid", "PROCESSED"],
    ["Outstanding demand has been fully paid", "PROCESSED"],
    ["Demand not paid", "DEMAND_RAISED"],
    ["Demand partially paid", "DEMAND_RAISED"],
    ["Outstanding demand to be paid", "DEMAND_RAISED"],
    ["Successful e-verification", "VERIFIED"],
    ["Pending successful e-verification", "VERIFICATION_PENDING"],
    ["Unsuccessful e-verification", "VERIFICATION_PENDING"],
    ["Notice u/s 143(2) issued", "UNDER_SCRUTINY"],
    ["Case selected for scrutiny", "UNDER_SCRUTINY"],
    ["Notice under section 148", "REASSESSMENT"],
    ["Show cause notice u/s 148A(b)", "REASSESSMENT"],
    ["Income escaping assessment", "REASSESSMENT"],
    ["Proposed adjustment u/s 143(1)(a)", "ADJUSTMENT_PROPOSED"],
    ["Communication of proposed adjustment", "ADJUSTMENT_PROPOSED"],
    ["Intimation u/s 143(1)(a) issued", "ADJUSTMENT_PROPOSED"],
    ["Processed u/s 143(1)", "PROCESSED"],
    ["ITR processed under section 143(1)(a) with no demand and no refund", "PROCESSED"],
    ["", "UNKNOWN"],
    ["Something new", "UNKNOWN"],
  ])("is read from %j as %s", (label, status) => {
    expect(filingStatusFromLabel(label)).toBe(status);
  });

  it("is read alike in any case", () => {
    expect(filingStatusFromLabel("REFUND PAID")).toBe(filingStatusFromLabel("refund paid"));
  });

  it("answers any label at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (label) => {
        expect(vocabulary.FilingStatus).toContain(filingStatusFromLabel(label));
      }),
    );
  });

  it("never counts a denied step as taken", () => {
    const denied = fc.constantFrom("not", "not yet", "Not", "NOT-YET");
    const step = fc.constantFrom("verified", "e-verified", "processed", "filed", "e-filed");
    fc.assert(
      fc.property(denied, step, (denial, taken) => {
        expect(["VERIFIED", "PROCESSED", "FILED"]).not.toContain(filingStatusFromLabel(`Return ${denial} ${taken}`));
      }),
    );
  });
});
