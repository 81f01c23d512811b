import { randomUUID } from "node:crypto";
import { subjectIdOf, taxpayerIdOf } from "../../src/domain/identifiers";

describe("a taxpayer's id", () => {
  it("leads back to the subject it was made of", () => {
    const subjectId = randomUUID();
    expect(subjectIdOf(taxpayerIdOf(subjectId))).toBe(subjectId);
  });

  it.each([
    "",
    "tp_",
    "tp_AAAA",
    "tp_AAAAAAAAAAAAAAAAAAAAAB",
    "xx_AAAAAAAAAAAAAAAAAAAAAA",
    "tp_AAAAAAAAAAAAAAAAAAAAA=",
  ])("is not read from %j", (malformed) => {
    expect(subjectIdOf(malformed)).toBeUndefined();
  });
});
