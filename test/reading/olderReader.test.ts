import type { Instant } from "../../src/domain/calendarDate";
import type { KeptAnswer } from "../../src/reading/ports";
import { fromKept } from "../../src/reading/storedAnswer";

const provenance = { provider: "KWIKID", method: "PARSED", fetchedAt: "2026-11-10T09:00:00.000Z" as Instant } as const;

function keptBy(reader: number | undefined): KeptAnswer {
  return {
    document: "FILINGS",
    provider: "KWIKID",
    period: "2024-25",
    body: { outcome: "FOUND", value: [], provenance, ...(reader !== undefined && { reader }) },
    fetchedAtMs: 0,
    expiresAtMs: 1,
    consentId: undefined,
  };
}

describe("an answer that is kept", () => {
  it.each([undefined, 1])("is marked where reader %s has read it", (reader) => {
    expect(fromKept(keptBy(reader))).toMatchObject({ provenance: { ...provenance, isOfOlderReader: true } });
  });

  it("is shown as it came where this release has read it", () => {
    expect(fromKept(keptBy(2))).toMatchObject({ provenance });
    expect(JSON.stringify(fromKept(keptBy(2)))).not.toContain("isOfOlderReader");
  });
});
