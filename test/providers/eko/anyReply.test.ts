import fc, { runs } from "../../support/fuzz";
import type { Pan } from "../../../src/domain/identifiers";
import { Fault } from "../../../src/kernel/fault";
import { readCompliance } from "../../../src/providers/eko/contract";
import { toComplianceAnswer } from "../../../src/providers/eko/mapper";
import { documented, reply } from "./replies";

const pan = documented.filed.data.pan_number as Pan;

/** Long enough never to stand in our own words by chance. */
const canary = "canary-0cc175b9";
const longNumber = 234_567_890_123;

/** Anything JSON, with the vendor's own member names thrown in so that it gets past the first checks. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(true, false, 0, 1, 461, 463, -1, longNumber, canary, pan, "2024-25", "Compliant"),
  fc.constantFrom<unknown>(`Invalid PAN ${canary}`, `Source unavailable: ${canary}`, { pan_number: canary }),
);
const members = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
const body = fc.oneof(
  fc.jsonValue(),
  members(["status", "response_status_id", "message", "invalid_params", "invalid_parameters", "data"]),
  fc.record({ status: fc.constant(0), data: members(Object.keys(documented.filed.data)) }),
  members(Object.keys(documented.filed.data)).map((changes) => ({
    ...documented.filed,
    data: { ...documented.filed.data, ...changes },
  })),
);
const status = fc.oneof(fc.constant(200), fc.integer({ min: 100, max: 599 }));

function answerOrFault(text: string, httpStatus: number): { outcome: string } | Fault {
  try {
    return toComplianceAnswer(readCompliance(reply(text, httpStatus)), pan, 0);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}

const onRecord = { status: 0, data: { pan_number: pan, itr_filed: true, compliance_status: "Compliant" } };

describe("whatever Eko replies", () => {
  it("ends as an answer or a registered fault when it is JSON", () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        const end = answerOrFault(JSON.stringify(json), httpStatus);
        outcomes.add(end instanceof Fault ? end.code : end.outcome);
      }),
      // Chance alone may pass this one by.
      { numRuns: runs(2_000), examples: [[onRecord, 200]] },
    );
    // The property has seen both ends, and so did not pass for want of answers.
    expect([...outcomes]).toEqual(expect.arrayContaining(["FOUND", "PROVIDER_BAD_RESPONSE"]));
  });

  it("ends as an answer or a registered fault when it is any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), status, (text, httpStatus) => {
        expect(answerOrFault(text, httpStatus)).toBeInstanceOf(Fault);
      }),
    );
  });

  it("never shows in a fault", () => {
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        const end = answerOrFault(JSON.stringify(json), httpStatus);
        if (!(end instanceof Fault)) return;
        const told = JSON.stringify([end.message, end.context]);
        for (const theirs of [canary, String(longNumber), pan]) expect(told).not.toContain(theirs);
      }),
      { numRuns: runs(2_000) },
    );
  });
});
