import { absent, failed, found, unsupported, type Provenance } from "../../src/domain/answer";
import { instantAt } from "../../src/domain/calendarDate";
import { Fault } from "../../src/kernel/fault";

const provenance: Provenance = { provider: "EKO", method: "REPORTED", fetchedAt: instantAt(0) };

describe("an answer", () => {
  it("has one outcome of four", () => {
    const fault = new Fault("PROVIDER_TIMEOUT");
    const answers = [found([], provenance), absent(provenance), unsupported("EKO"), failed("EKO", fault)];
    expect(answers.map((answer) => answer.outcome)).toEqual(["FOUND", "ABSENT", "UNSUPPORTED", "FAILED"]);
  });

  it("says which kind of nothing an absence is, where the provider says so", () => {
    expect(absent(provenance, new Fault("PAN_NOT_FOUND")).fault?.code).toBe("PAN_NOT_FOUND");
  });

  it("carries no fault when an absence has none", () => {
    expect(absent(provenance)).not.toHaveProperty("fault");
  });
});
