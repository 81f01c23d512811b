import fc from "../support/fuzz";
import { readTdsSection } from "../../src/domain/tdsSection";

describe("a TDS section", () => {
  it.each([
    ["192", "192"],
    ["92A", "192"],
    ["92B", "192"],
    ["92C", "192"],
    ["192A", "192A"],
    ["193", "193"],
    ["194", "194"],
    ["94A", "194A"],
    ["TDS-194A", "194A"],
    ["Section 194A", "194A"],
    ["u/s 194A", "194A"],
    ["94BA", "194BA"],
    ["4BB", "194BB"],
    ["94C", "194C"],
    ["4DA", "194DA"],
    ["4H", "194H"],
    ["4-IA", "194I(a)"],
    ["4-IB", "194I(b)"],
    ["194I(a)", "194I(a)"],
    ["194I-B", "194I(b)"],
    ["4IA", "194IA"],
    ["4IB", "194IB"],
    ["194IA", "194IA"],
    ["194-IA", "194IA"],
    ["194J", "194J"],
    ["194JA", "194J(a)"],
    ["194J(b)", "194J(b)"],
    ["94J-A", "194J(a)"],
    ["94J-B", "194J(b)"],
    ["94S", "194S"],
    ["195", "195"],
    ["206C", "206C"],
    ["206C(1G)", "206C(1G)"],
    ["206c1g", "206C(1G)"],
    ["206C(1)", "206C(1)"],
  ])("spelt %s is %s", (text, section) => {
    expect(readTdsSection(text)).toBe(section);
  });

  it.each(["", "4", "94", "191", "197", "1944", "392", "SFT-015", "194ABCD", "206D", "-", "null"])(
    "is not %j",
    (text) => {
      expect(readTdsSection(text)).toBeUndefined();
    },
  );

  it("reads back from its own spelling", () => {
    const spelling = fc.stringMatching(/^(4|94|19[2-6]|206C)-?[ABCDHIJ]{0,2}(\([ab]\)|-[AB]|\(1[GH]\))?$/);
    fc.assert(
      fc.property(spelling, (text) => {
        const section = readTdsSection(text);
        expect(section && readTdsSection(section)).toBe(section);
      }),
      { numRuns: 1000 },
    );
  });

  it("answers any text at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readTdsSection(text) ?? "192").toMatch(/^(19[2-6][A-Z]*(\([ab]\))?|206C(\(1[A-Z]?\))?)$/);
      }),
    );
  });
});
