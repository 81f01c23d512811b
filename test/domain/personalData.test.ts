import { withoutPersonalData } from "../../src/domain/masks";

describe("in a text of a vendor's", () => {
  it.each([
    ["an e-mail address", "write to asha.k+tax@mail.example.org now", "write to ***@mail.example.org now"],
    ["a PAN", "PAN ZZZPA1234C differs", "PAN ZZZPA****C differs"],
    ["a PAN inside a word", "REF/ZZZPA1234C/26", "REF/ZZZPA****C/26"],
    ["an Aadhaar number", "linked to 736451982036", "linked to XXXX XXXX 2036"],
    ["an Aadhaar number with gaps", "linked to 7364 5198 2036.", "linked to XXXX XXXX 2036."],
    ["a mobile number", "call 9876012345", "call XXXX2345"],
    ["a mobile number with its country", "call +91 98760-12345", "call XXXXXX2345"],
    ["an account number", "a/c 50100247813396 of a bank", "a/c XXXX3396 of a bank"],
  ])("%s is masked", (_what, text, masked) => {
    expect(withoutPersonalData(text)).toBe(masked);
  });

  it.each([
    ["a year", "2026-27"],
    ["a date", "2026-07-31"],
    ["an amount", "1,25,00,000.50"],
    ["an amount without commas", "1234567890.50"],
    ["a TAN", "PNES90002B"],
    ["the code of a bank's branch", "HDFC0001234"],
    ["a section", "194-IA(1)"],
    ["the serial number of a challan", "BSR 0510308, 27-06-2025, 01234"],
    ["a postal code", "Pune 411038"],
  ])("%s is left as it is", (_what, text) => {
    expect(withoutPersonalData(text)).toBe(text);
  });

  it("of any length it is soon looked for", () => {
    const text = `${"a.".repeat(100_000)}@${"1234 ".repeat(100_000)}`;
    expect(withoutPersonalData(text).length).toBeGreaterThan(0);
  });
});
