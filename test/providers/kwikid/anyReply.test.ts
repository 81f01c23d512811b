import fc, { runs } from "../../support/fuzz";
import type { Pan } from "../../../src/domain/identifiers";
import { asFault, Fault } from "../../../src/kernel/fault";
import { readReply } from "../../../src/providers/kwikid/contract";
import { toOutcome } from "../../../src/providers/kwikid/mapper";
import type { UpstreamReply } from "../../../src/providers/provider";
import { writeItrJson } from "../../../src/department";
import { testFiling, testPersona } from "../../support/persona";
import { flatSummary, reply } from "./replies";

const pan = "ZZZPA1234C" as Pan;
const canary = "canary-0cc175b9";
const fullAadhaar = "234567890124";
const uncounted = () => undefined;

/** Anything JSON, and what comes close to being understood. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, 0, "12,34,567.89", "2025-26", "2025", canary, fullAadhaar, Number(fullAadhaar)),
  fc.constantFrom<unknown>(`Invalid OTP ${canary}`, { pan: canary }, { password: canary }, Array(20).fill(canary)),
);
const members = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
const file = JSON.parse(JSON.stringify(writeItrJson(testFiling(2024), testPersona()))) as { ITR: { ITR1: object } };
const changedFile = members(Object.keys(file.ITR.ITR1)).map((changes) => ({
  ITR: { ITR1: { ...file.ITR.ITR1, ...changes } },
}));
const changedSummary = members(Object.keys(flatSummary)).map((changes) => ({ ...flatSummary, ...changes }));
const body = fc.oneof(
  fc.jsonValue(),
  members(["otp_status", "itr_data", "status", "result", "message", "detail", "error", "access_token"]),
  fc.record({ itr_data: fc.oneof(value, changedFile, changedSummary) }),
);
const status = fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 100, max: 599 }));

const readReturn = (answered: UpstreamReply) =>
  toOutcome(readReply.itrData(answered, uncounted), { pan, incomeYear: undefined, nowMs: 0 });
const readers: readonly ((answered: UpstreamReply) => unknown)[] = [
  readReturn,
  (answered) => readReply.otpSent(answered, uncounted),
  (answered) => readReply.linkStatus(answered, pan, uncounted),
  (answered) => {
    readReply.loggedOut(answered, uncounted);
  },
];

function ends(answered: UpstreamReply, reading = readers): readonly unknown[] {
  return reading.map((read) => {
    try {
      return read(answered);
    } catch (thrown) {
      return asFault(thrown);
    }
  });
}

describe("whatever KwikID replies", () => {
  it("ends as an answer or a registered fault of the vendor's", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        for (const end of ends(reply(json, httpStatus))) {
          seen.add(end instanceof Fault ? end.code : ((end as { is?: string } | undefined)?.is ?? "OTHER"));
        }
        expect(seen).not.toContain("INTERNAL");
      }),
      // Chance alone may pass these by.
      {
        numRuns: runs(1_000),
        examples: [
          [{ itr_data: {} }, 200],
          [{ itr_data: file }, 200],
        ],
      },
    );
    // The property has seen every end, and so did not pass for want of answers.
    expect([...seen]).toEqual(expect.arrayContaining(["RETURN", "NONE", "PROVIDER_BAD_RESPONSE", "OTP_INVALID"]));
  });

  it("never shows in a fault", () => {
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        const faults = ends(reply(json, httpStatus)).filter((end) => end instanceof Fault);
        const told = JSON.stringify(faults.map((fault) => [fault.message, fault.context]));
        for (const theirs of [canary, fullAadhaar, pan]) expect(told).not.toContain(theirs);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("never brings a full Aadhaar number in", () => {
    fc.assert(
      fc.property(body, (json) => {
        const told = JSON.stringify(ends(reply(json), [readReturn]));
        expect(told).not.toContain(fullAadhaar);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("loses no summary's other facts by one that is malformed", () => {
    fc.assert(
      fc.property(fc.constantFrom("name", "filing_date", "tax_regime", "bank_name"), value, (name, malformed) => {
        const [end] = ends(reply({ itr_data: { ...flatSummary, [name]: malformed } }), [readReturn]);
        expect(end).toMatchObject({ filing: { totalIncome: 91_235_000, acknowledgementNumber: "123456789100725" } });
      }),
    );
  });

  it.each([
    ["nested ten thousand deep", '{"itr_data":{"ITR":' + '{"ITR1":'.repeat(10_000) + "{}" + "}".repeat(10_002)],
    ["as long as a reply may be", JSON.stringify({ itr_data: {}, message: "otp invalid ".repeat(150_000) })],
    ["a list of a hundred thousand", JSON.stringify({ itr_data: { ITR: { ITR1: Array(100_000).fill({ a: 1 }) } } })],
  ])("ends soon: %s", (_what, text) => {
    for (const end of ends(reply(text), [readReturn])) expect(end).toBeInstanceOf(Fault);
  });
});
