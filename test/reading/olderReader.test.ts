import type { Instant } from "../../src/domain/calendarDate";
import type { StoredAnswer } from "../../src/reading/ports";
import { fromStored } from "../../src/reading/storedAnswer";

const provenance = { provider: "KWIKID", method: "PARSED", fetchedAt: "2026-11-10T09:00:00.000Z" as Instant } as const;

function readBy(reader: number | undefined): StoredAnswer {
  return {
    document: "FILINGS",
    provider: "KWIKID",
    period: "2024-25",
    body: { outcome: "FOUND", value: [], provenance, ...(reader !== undefined && { reader }) },
    fetchedAtMs: 0,
    expiresAtMs: 1,
    consentId: undefined,
    purpose: undefined,
  };
}

describe("a stored answer", () => {
  it.each([undefined, 1])("is marked where reader %s has read it", (reader) => {
    expect(fromStored(readBy(reader))).toMatchObject({ provenance: { ...provenance, isOfOlderReader: true } });
  });

  it("is shown as it came where this release has read it", () => {
    expect(fromStored(readBy(2))).toMatchObject({ provenance });
    expect(JSON.stringify(fromStored(readBy(2)))).not.toContain("isOfOlderReader");
  });
});
