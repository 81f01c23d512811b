import { vocabulary } from "../../src/domain";
import fc from "../support/fuzz";
import { standingFromLabel } from "../../src/domain/compliance";

describe("a compliance standing", () => {
  it.each([
    ["Compliant", "COMPLIANT"],
    [" COMPLIANT ", "COMPLIANT"],
    ["Non-Compliant", "NON_COMPLIANT"],
    ["NON_COMPLIANT", "NON_COMPLIANT"],
    ["noncompliant", "NON_COMPLIANT"],
    ["Non\u2011Compliant", "NON_COMPLIANT"],
    ["Not compliant", "NON_COMPLIANT"],
    ["Compliance: non compliance", "NON_COMPLIANT"],
    ["Pending", "PENDING"],
    ["Compliance pending", "PENDING"],
    ["Partially compliant", "UNKNOWN"],
    ["Compliant?", "UNKNOWN"],
    ["", "UNKNOWN"],
  ])("is read from %j as %s", (label, standing) => {
    expect(standingFromLabel(label)).toBe(standing);
  });

  it("is never compliant when anything but blanks stands beside the word", () => {
    const anythingElse = fc.string({ unit: "binary" }).filter((text) => !/^[\s._\u2010-\u2015-]*$/.test(text));
    fc.assert(
      fc.property(anythingElse, (prefix) => {
        expect(standingFromLabel(`${prefix} Compliant`)).not.toBe("COMPLIANT");
      }),
    );
  });

  it("is never compliant in any spelling of non-compliant", () => {
    const separator = fc.constantFrom("", " ", "-", "_", "  ", "\u00a0", "\u2013", ".", " - ", "/", "\u200b");
    const mixedCase = (word: string) =>
      fc
        .tuple(...Array.from(word, (letter) => fc.constantFrom(letter.toLowerCase(), letter.toUpperCase())))
        .map((letters) => letters.join(""));
    fc.assert(
      fc.property(mixedCase("non"), separator, mixedCase("compliant"), (non, between, compliant) => {
        expect(standingFromLabel(non + between + compliant)).not.toBe("COMPLIANT");
      }),
    );
  });

  it("answers any label at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (label) => {
        expect(vocabulary.ComplianceStanding).toContain(standingFromLabel(label));
      }),
    );
  });
});
