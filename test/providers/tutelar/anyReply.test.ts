import fc, { runs } from "../../support/fuzz";
import { asFault, Fault } from "../../../src/kernel/fault";
import { readVerification } from "../../../src/providers/tutelar/contract";
import completed from "../../../src/providers/tutelar/fixtures/completed.json";
import { toReadings } from "../../../src/providers/tutelar/mapper";
import type { UpstreamReply } from "../../../src/providers/provider";
import { reply } from "../eko/replies";

const pan = "EVXPD2019C";
const canary = "canary-0cc175b9";
const [form] = completed.result.itr_result;

/** Anything JSON, and what comes close to being understood. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, true, 0, 200, "completed", "failed", "in_progress", "2024-2025", pan, canary),
  fc.constantFrom<unknown>(
    { message: `Incorrect credentials ${canary}` },
    { field: canary },
    Array(1_000).fill(canary),
  ),
);
const members = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
const changedForm = members(Object.keys(form!)).map((changes) => ({ ...form, ...changes }));
const body = fc.oneof(
  fc.jsonValue(),
  members([...Object.keys(completed), "error"]),
  members([...Object.keys(completed), "error"]).map((changes) => ({ ...completed, ...changes })),
  fc
    .array(fc.oneof(value, changedForm, fc.constant(form)))
    .map((forms) => ({ ...completed, result: { itr_result: forms } })),
);
const status = fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 100, max: 599 }));

function endOf(answered: UpstreamReply) {
  try {
    const verification = readVerification(answered, pan, () => undefined);
    return verification.state === "COMPLETED" ? toReadings(verification.forms, 0) : verification;
  } catch (thrown) {
    return asFault(thrown);
  }
}

describe("whatever Tutelar replies", () => {
  it("ends as readings or a registered fault of the vendor's", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        const end = endOf(reply(json, httpStatus));
        seen.add(end instanceof Fault ? end.code : "state" in end ? end.state : (end[0]?.answer.outcome ?? "NOTHING"));
        expect(seen).not.toContain("INTERNAL");
      }),
      { numRuns: 2_000 },
    );
    // The property has seen every end, and so did not pass for want of answers.
    expect([...seen]).toEqual(expect.arrayContaining(["FOUND", "FAILED", "IN_PROGRESS", "PROVIDER_BAD_RESPONSE"]));
  });

  it("never shows in a fault", () => {
    fc.assert(
      fc.property(body, status, (json, httpStatus) => {
        const end = endOf(reply(json, httpStatus));
        if (!(end instanceof Fault)) return;
        const told = JSON.stringify([end.message, end.context]);
        for (const theirs of [canary, pan]) expect(told).not.toContain(theirs);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it("loses no form to a neighbour", () => {
    const neighbour = fc.oneof(
      fc.jsonValue(),
      changedForm.map((changed) => ({ ...changed, pan_number: pan })),
    );
    fc.assert(
      fc.property(fc.array(neighbour), (neighbours) => {
        const end = endOf(reply({ ...completed, result: { itr_result: [...neighbours, form] } }));
        expect(JSON.stringify(end)).toContain(form?.acknowledgement_number);
      }),
    );
  });

  it.each([
    ["nested ten thousand deep", `{"result":${"[".repeat(10_000)}${"]".repeat(10_000)},"status":"completed"}`],
    [
      "a hundred thousand forms",
      JSON.stringify({ status: "completed", result: { itr_result: Array(100_000).fill(form) } }),
    ],
    ["a message of a million letters", JSON.stringify({ status: "failed", message: "invalid ".repeat(125_000) })],
  ])("ends soon: %s", (_what, text) => {
    const end = endOf(reply(text));
    expect(end instanceof Fault ? end.code : "READINGS").not.toBe("INTERNAL");
  });
});
