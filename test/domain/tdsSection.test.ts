import fc, { runs } from "../support/fuzz";
import { taxCreditKindOf } from "../../src/domain/statements/taxCredits";
import { readTdsSection } from "../../src/domain/statements/tdsSection";

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
    ["206C(1G(a))", "206C(1G)"],
    ["TCS-206C(1G)(b)", "206C(1G)"],
    ["206CA", "206C(1)"],
    ["206CE", "206C(1)"],
    ["206CG", "206C(1C)"],
    ["206CK", "206C(1D)"],
    ["206CL", "206C(1F)"],
    ["206CMA", "206C(1F)"],
    ["206CN", "206C(1D)"],
    ["206CO", "206C(1G)"],
    ["TCS-206CQ", "206C(1G)"],
    ["206cr", "206C(1H)"],
    ["206CZ", "206C"],
    ["94N-F", "194N"],
    ["194NF", "194N"],
    ["94N-C", "194N"],
    ["94N-FT", "194N"],
    ["94B-P", "194B"],
    ["194BP", "194B"],
    ["94BA-P", "194BA"],
    ["94R-P", "194R"],
    ["194RP", "194R"],
    ["94S-P", "194S"],
    ["94P", "194P"],
    ["194LBA", "194LBA"],
    ["194LBA(a)", "194LBA(a)"],
    ["LBA1", "194LBA(a)"],
    ["LBA2", "194LBA(b)"],
    ["LBA3", "194LBA(c)"],
    ["4BA1", "194LBA"],
    ["LBB", "194LBB"],
    ["LBC", "194LBC"],
    ["4LC2", "194LC"],
    ["TDS-194IA(P)", "194IA"],
    ["TDS-194IB(R)", "194IB"],
    ["96DA", "196D(1A)"],
    ["392", "392"],
    ["392(7)", "392(7)"],
    ["Section 393(1)", "393(1)"],
    ["394", "394"],
    ["1001", "392"],
    ["1004", "392(7)"],
    ["1005", "393"],
    ["TDS-1067", "393"],
    ["1068", "394"],
    ["TCS-1092", "394"],
  ])("spelt %s is %s", (text, section) => {
    expect(readTdsSection(text)).toBe(section);
  });

  it.each([
    "",
    "4",
    "94",
    "191",
    "197",
    "1944",
    "391",
    "1000",
    "1093",
    "10680",
    "TDS-Ann.II-SAL",
    "LBA4",
    "SFT-015",
    "194ABCD",
    "206D",
    "-",
    "null",
  ])("is not %j", (text) => {
    expect(readTdsSection(text)).toBeUndefined();
  });

  it("reads back from its own spelling", () => {
    const spelling = fc.stringMatching(
      /^(4|94|19[2-6]|206C|39[2-4]|LB|10[0-9])-?[ABCDHIJNP]{0,2}[0-9]?(\([abP]\)|-[ABFP]|\(1[GH]\))?$/,
    );
    fc.assert(
      fc.property(spelling, (text) => {
        const section = readTdsSection(text);
        expect(section && readTdsSection(section)).toBe(section);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("answers any text at all without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readTdsSection(text) ?? "192").toMatch(
          /^(19[2-6][A-Z]*(\([abc]\)|\(1A\))?|206C(\(1[A-Z]?\))?|39[2-4](\([0-9A-Z]+\))*)$/,
        );
      }),
    );
  });
});

describe("a tax credit", () => {
  it.each([
    "206C",
    "206CL",
    "206CQ",
    "206CO",
    "206CR",
    "206CN",
    "206C(1G)",
    "TCS-206CZ",
    "394",
    "394(1)",
    "1068",
    "1092",
  ])("under %s is collected", (label) => {
    expect(taxCreditKindOf(label)).toBe("COLLECTED");
  });

  it.each(["192", "94N-F", "393", "1001", "1067", "1093", "206", "", "?"])("under %j is deducted", (label) => {
    expect(taxCreditKindOf(label)).toBe("DEDUCTED");
  });
});
