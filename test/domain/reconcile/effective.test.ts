import type { CalendarDate } from "../../../src/domain/calendarDate";
import type { Filing, FilingKind } from "../../../src/domain/filing/filing";
import type { FilingStatus } from "../../../src/domain/filing/filingStatus";
import { effectiveOf } from "../../../src/domain/reconcile/filings";
import { testFiling } from "../../support/persona";

function filed(kind: FilingKind, filedOn?: string, status: FilingStatus = "PROCESSED"): Filing {
  return { ...testFiling(2024), kind, status, filedOn: filedOn as CalendarDate | undefined };
}

const original = filed("ORIGINAL", "2025-07-10");
const revised = filed("REVISED", "2025-11-20");

describe("the return of a year that counts", () => {
  it("is the revised one", () => {
    expect(effectiveOf([original, revised])).toBe(revised);
  });

  it("is the last of several revised ones", () => {
    const last = filed("REVISED", "2025-12-20");
    expect(effectiveOf([revised, last, original])).toBe(last);
  });

  it("is the updated one", () => {
    const updated = filed("UPDATED", "2027-02-01");
    expect(effectiveOf([updated, original, revised])).toBe(updated);
  });

  it.each<FilingStatus>(["VERIFICATION_PENDING", "DEFECTIVE", "INVALID", "DISCARDED", "NOT_FILED"])(
    "is never %s",
    (status) => {
      expect(effectiveOf([original, filed("REVISED", "2025-11-20", status)])).toBe(original);
      expect(effectiveOf([filed("ORIGINAL", "2025-07-10", status)])).toBeUndefined();
    },
  );

  it.each<FilingKind>(["REVISED", "UPDATED"])("is the %s one as soon as it is verified", (kind) => {
    const verified = filed(kind, "2027-02-01", "VERIFIED");
    expect(effectiveOf([original, verified])).toBe(verified);
  });

  it("is one of which no more is known than that it was filed", () => {
    expect(effectiveOf([filed("ORIGINAL", "2025-07-10", "FILED")])?.status).toBe("FILED");
  });

  it("is none where the answer to a defect awaits its verification", () => {
    const answer = filed("DEFECTIVE_RESPONSE", "2025-12-01", "VERIFICATION_PENDING");
    expect(effectiveOf([filed("ORIGINAL", "2025-07-10", "DEFECTIVE"), answer])).toBeUndefined();
  });

  it.each<FilingKind>(["REVISED", "UPDATED", "DEFECTIVE_RESPONSE"])(
    "is the %s one where nobody tells its date",
    (kind) => {
      const undated = filed(kind);
      expect(effectiveOf([original, undated])).toBe(undated);
    },
  );

  it("is the belated one of two where nobody tells a date", () => {
    const belated = filed("BELATED");
    expect(effectiveOf([filed("ORIGINAL"), belated])).toBe(belated);
  });

  it("is not a first return without a date where a revised one has one", () => {
    expect(effectiveOf([filed("ORIGINAL"), filed("REVISED", "2025-06-01")])?.kind).toBe("REVISED");
  });
});
