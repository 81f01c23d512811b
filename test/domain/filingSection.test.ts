import { filingSectionOf } from "../../src/domain/filing/filingSection";

describe("the kind of a filing", () => {
  it.each([
    ["139(1)", "ORIGINAL"],
    ["139 (4)", "BELATED"],
    ["u/s 139(5)", "REVISED"],
    ["Section 139(8a)", "UPDATED"],
    ["139(9)", "DEFECTIVE_RESPONSE"],
    ["119(2)(b)", "OTHER"],
    ["148", "OTHER"],
    ["153A", "OTHER"],
    [19, "OTHER"],
    [11, "ORIGINAL"],
    [12, "BELATED"],
    ["17", "REVISED"],
    [21, "UPDATED"],
    ["Original", "ORIGINAL"],
    ["Regular", "ORIGINAL"],
    ["BELATED", "BELATED"],
    ["Revised return (original of 30-Jul-2024)", "REVISED"],
  ])("is read from %j", (section, kind) => {
    expect(filingSectionOf(section)?.kind).toBe(kind);
  });

  it.each(["", "139", "139(10)", "2139(1)", "139(1)(x)", 1, 99, "unoriginal", "192CD", "92CDE"])(
    "is not known from %j",
    (section) => {
      expect(filingSectionOf(section)).toBeUndefined();
    },
  );
});

describe("the label of a section", () => {
  it.each([
    [11, "139(1)"],
    ["139 (8a)", "139(8A)"],
    ["119(2)(B)", "119(2)(b)"],
    ["Belated", "139(4)"],
    [15, "153A"],
    ["u/s 153a", "153A"],
    [19, "92CD"],
    ["Section 92CD", "92CD"],
  ])("of %j is %s", (section, label) => {
    expect(filingSectionOf(section)?.label).toBe(label);
  });
});

it.each([11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21])(
  "the Department's number %d reads back from its label",
  (code) => {
    expect(filingSectionOf(filingSectionOf(code)!.label)?.code).toBe(code);
  },
);
