import fc from "../support/fuzz";
import { maskAadhaar, maskAccountNumber } from "../../src/domain/masks";

const fourDigits = fc.stringMatching(/^[0-9]{4}$/);

describe("a masked Aadhaar number", () => {
  it.each([
    "234123415678",
    "2341 2341 5678",
    "2341-2341-5678",
    "XXXX XXXX 5678",
    "xxxxxxxx5678",
    "********5678",
    "2341 XXXX 5678",
  ])("is made from %j", (text) => {
    expect(maskAadhaar(text)).toBe("XXXX XXXX 5678");
  });

  it("is the same whatever its hidden digits are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{8}$/), fourDigits, (hidden, shown) => {
        expect(maskAadhaar(hidden + shown)).toBe(`XXXX XXXX ${shown}`);
      }),
    );
  });

  it("masks to itself", () => {
    fc.assert(
      fc.property(fourDigits, (shown) => {
        expect(maskAadhaar(`XXXX XXXX ${shown}`)).toBe(`XXXX XXXX ${shown}`);
      }),
    );
  });

  it.each(["", "5678", "23412341567", "2341234156789", "2341 2341 XXXX", "not available"])(
    "is not made from %j",
    (text) => {
      expect(maskAadhaar(text)).toBeUndefined();
    },
  );

  it("is always twelve places with eight hidden, if it is made at all", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(maskAadhaar(text) ?? "XXXX XXXX 0000").toMatch(/^XXXX XXXX [0-9]{4}$/);
      }),
    );
  });
});

describe("a masked account number", () => {
  it.each(["123456789015678", "12345 67890 15678", "XXXXXXXX5678", "15678"])("is made from %j", (text) => {
    expect(maskAccountNumber(text)).toBe("XXXX5678");
  });

  it("is the same whatever its hidden places are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,20}$/), fourDigits, (hidden, shown) => {
        expect(maskAccountNumber(hidden + shown)).toBe(`XXXX${shown}`);
      }),
    );
  });

  it.each(["", "5678", "678", "12345678XX*#", "not available!"])("is not made from %j", (text) => {
    expect(maskAccountNumber(text)).toBeUndefined();
  });
});
