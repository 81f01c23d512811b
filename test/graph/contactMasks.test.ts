import fc from "../support/fuzz";
import { maskEmail, maskMobile } from "../../src/graph/taxpayer/profile";

describe("a masked e-mail address", () => {
  it.each([
    ["asha@example.com", "a***@example.com"],
    [" asha@example.com ", "a***@example.com"],
    ["as@example.com", "***@example.com"],
    ["@example.com", "***@example.com"],
    ["asha", "***"],
    ["asha@", "***"],
    ["asha@one@example.com", "***"],
  ])("of %j is %j", (text, masked) => {
    expect(maskEmail(text)).toBe(masked);
  });
});

describe("a masked mobile number", () => {
  it.each([
    ["9800000001", "XXXXXX0001"],
    ["+91 98000-00001", "XXXXXX0001"],
    ["98XXXXXX01", "XXXXXXXX01"],
    ["00001", "XXXXXX"],
    ["", "XXXXXX"],
  ])("of %j is %j", (text, masked) => {
    expect(maskMobile(text)).toBe(masked);
  });

  it("never shows more than four digits", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(maskMobile(text).replace(/[^0-9]/g, "").length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
