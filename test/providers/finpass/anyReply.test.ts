import fc, { runs } from "../../support/fuzz";
import type { Pan } from "../../../src/domain/identifiers";
import type { IncomeYear } from "../../../src/domain/taxPeriod";
import { asFault, Fault } from "../../../src/kernel/fault";
import { finpass } from "../../../src/providers/finpass";
import { readJob, readReturns } from "../../../src/providers/finpass/contract";
import filings from "../../../src/providers/finpass/fixtures/filings.json";
import records from "../../../src/providers/finpass/fixtures/records.json";
import { toReadings } from "../../../src/providers/finpass/mapper";
import type { UpstreamReply } from "../../../src/providers/provider";
import { reply } from "../eko/replies";

const pan = "AABPM5678K" as Pan;
const canary = "canary-0cc175b9";
const fullAadhaar = "234567890124";
const incomeYears = [2024, 2023] as readonly number[] as readonly IncomeYear[];
const [filing] = filings.data.filings;
const [record] = records.data.itr_records;

/** Anything JSON, and what comes close to being understood. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, false, -1, "12,34,567.89", "2024-2025", "139(1)", "Linked", canary, {}, []),
  fc.constantFrom<unknown>(fullAadhaar, Number(fullAadhaar), [{ deep: { aadhaar: fullAadhaar } }], Array(500).fill({})),
);
const members = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
const changed = <T extends object>(sample: T) =>
  members(Object.keys(sample)).map((changes) => ({ ...sample, ...changes }));
const changedFiling = fc.oneof(
  changed(filing!),
  changed(filing!.analyzed_data).map((analyzed_data) => ({ ...filing, analyzed_data })),
  changed(filing!.parsed_data.ITR.ITR2).map((ITR2) => ({ ...filing, parsed_data: { ITR: { ITR2 } } })),
);
const told = fc.oneof(
  changed(filings.data),
  changed({ ...records.data, pan }),
  changed(filings.data.profile).map((profile) => ({ ...filings.data, profile })),
  fc.array(fc.oneof(value, changedFiling)).map((list) => ({ ...filings.data, filings: list })),
  fc.array(fc.oneof(value, changed(record!))).map((list) => ({ ...records.data, pan, itr_records: list })),
  fc.array(fc.oneof(value, changed(filings.data.tds_26as[0]!))).map((rows) => ({ ...filings.data, tds_26as: rows })),
);
const body = fc.oneof(
  fc.jsonValue(),
  members(["success", "message", "error_code", "data"]),
  told.map((data) => ({ success: true, data })),
);
const status = fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 100, max: 599 }));

function readingsOf(answered: UpstreamReply) {
  try {
    const returns = readReturns(answered, pan, () => undefined);
    if (returns === "NOT_YET") return returns;
    return toReadings(returns, { pan, documents: finpass.documents, incomeYears }, 0);
  } catch (thrown) {
    return asFault(thrown);
  }
}

function jobOf(answered: UpstreamReply) {
  try {
    return readJob(answered, pan, () => undefined);
  } catch (thrown) {
    return asFault(thrown);
  }
}

describe("whatever Finpass replies", () => {
  it("ends as readings or a registered fault of the vendor's", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        const end = readingsOf(reply(json, httpStatus));
        if (end instanceof Fault) seen.add(end.code);
        else if (end !== "NOT_YET") for (const { answer } of end) seen.add(answer.outcome);
        expect(seen).not.toContain("INTERNAL");
      }),
      { numRuns: runs(1_000) },
    );
    // The property has seen every end, and so did not pass for want of answers.
    const ends = ["FOUND", "ABSENT", "UNSUPPORTED", "FAILED", "PROVIDER_BAD_RESPONSE"];
    expect([...seen]).toEqual(expect.arrayContaining(ends));
  });

  it("ends as a job or a registered fault where a job was asked about", () => {
    const job = fc.record({ success: fc.constant(true), data: members(["job_id", "status", "pan"]) });
    fc.assert(
      fc.property(fc.oneof(body, job), status, (json, httpStatus) => {
        const end = jobOf(reply(json, httpStatus));
        expect(end instanceof Fault ? end.code : end.state).not.toBe("INTERNAL");
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("never shows in a fault", () => {
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        for (const end of [readingsOf(reply(json, httpStatus)), jobOf(reply(json, httpStatus))]) {
          if (!(end instanceof Fault)) continue;
          const words = JSON.stringify([end.message, end.context]);
          for (const theirs of [canary, fullAadhaar, pan]) expect(words).not.toContain(theirs);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("never brings a full personal number in", () => {
    const numbers = [fullAadhaar, "123456789012", "123456789012345", "987654321098765"];
    fc.assert(
      fc.property(told, (data) => {
        // The second account's number is an acknowledgement number in the other sample.
        const isRecords = "itr_records" in data;
        const end = JSON.stringify(readingsOf(reply({ success: true, data })));
        for (const number of isRecords ? [fullAadhaar] : numbers) expect(end).not.toContain(number);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it("loses no return to a neighbour", () => {
    const neighbour = fc.oneof(
      fc.jsonValue(),
      members(Object.keys(filing!)).map((other) => ({ ...other, filing_year: "?" })),
    );
    fc.assert(
      fc.property(fc.array(neighbour), (neighbours) => {
        const data = { ...filings.data, filings: [...neighbours, filing] };
        expect(JSON.stringify(readingsOf(reply({ success: true, data })))).toContain(filing!.acknowledgement_no);
      }),
    );
  });

  const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;

  it.each([
    ["nested ten thousand deep", `{"success":true,"data":{"filings":[{"parsed_data":${deep}}],"profile":${deep}}}`],
    ["a hundred thousand returns", JSON.stringify({ success: true, data: { filings: Array(100_000).fill({ a: 1 }) } })],
    [
      "ten thousand credits",
      JSON.stringify({ success: true, data: { filings: [], tds_26as: Array(10_000).fill(filings.data.tds_26as[0]) } }),
    ],
  ])("ends soon: %s", (_what, text) => {
    const end = readingsOf(reply(text));
    expect(end instanceof Fault ? end.code : "READINGS").toBe("READINGS");
  });
});
