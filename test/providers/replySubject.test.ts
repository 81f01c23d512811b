import type { IncomeYear } from "../../src/domain/taxPeriod";
import { SubjectMismatch, requirePan, requirePanOrMask, requireYear } from "../../src/providers/replySubject";

const pan = "ZZZPA1234C";

describe("a PAN in a reply", () => {
  it.each([undefined, null, "null", "", "ZZZPA1234C", "zzzpa1234c", " ZZZPA 1234C "])("may be %j", (told) => {
    expect(() => {
      requirePan("EKO", pan, told);
    }).not.toThrow();
  });

  it.each(["ZZZPS9999S", "ZZZPA****C", "XXXXXXXXXX", "another", 1234])("must not be %j", (told) => {
    expect(() => {
      requirePan("EKO", pan, pan, told);
    }).toThrow(SubjectMismatch);
  });

  it.each(["ZZZPA****C", "ZZZPAXXXXC", "XXXXX1234C", "xxxxxx234c", "••••••234C"])("may be masked as %s", (told) => {
    expect(() => {
      requirePanOrMask("FINPASS", pan, told);
    }).not.toThrow();
  });

  it.each(["ZZZPS****S", "XXXXX9999C", "ZZZPS9999S", "ZZZPA****", "another"])("must not be masked as %s", (told) => {
    expect(() => {
      requirePanOrMask("FINPASS", pan, told);
    }).toThrow(SubjectMismatch);
  });
});

describe("a year in a reply", () => {
  const [asked, other] = [2024, 2021] as IncomeYear[];

  it.each([asked, undefined])("may be %s", (told) => {
    expect(() => {
      requireYear("EKO", [asked!], told);
    }).not.toThrow();
  });

  it("must be one of those asked", () => {
    expect(() => {
      requireYear("EKO", [asked!], asked, other);
    }).toThrow(expect.objectContaining({ code: "PROVIDER_BAD_RESPONSE", retryable: false }) as Error);
  });
});
