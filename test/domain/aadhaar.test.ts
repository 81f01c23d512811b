import { aadhaarCheckDigit, readAadhaar } from "../../src/domain/identifiers";
import fc from "../support/fuzz";

const valid = "234567890124";

/** The tables as Verhoeff's scheme is usually printed. */
const products = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
  "7659821043",
  "8765932104",
  "9876543210",
];
const permutations = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
  "7046913258",
];

function fits(number: string): boolean {
  const digits = Array.from(number).reverse();
  return digits.reduce((sum, digit, at) => products[+sum]!.charAt(+permutations[at % 8]!.charAt(+digit)), "0") === "0";
}

const digitsOf = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((digits) => digits.join(""));

describe("the check digit", () => {
  it("is the published one of a published example", () => {
    expect(aadhaarCheckDigit("236")).toBe("3");
  });

  it("agrees with the printed tables", () => {
    fc.assert(
      fc.property(digitsOf(11), (digits) => {
        expect(fits(digits + aadhaarCheckDigit(digits))).toBe(true);
      }),
    );
  });
});

describe("an Aadhaar number", () => {
  it.each([valid, "2345 6789 0124", "2345-6789-0124", ` ${valid} `])("is read from %j", (text) => {
    expect(readAadhaar(text)?.reveal()).toBe(valid);
  });

  it.each([
    "",
    "23456789012",
    "2345678901244",
    "234567890125",
    "134567890124",
    "034567890124",
    "2345  6789 0124",
    "XXXX XXXX 0124",
    "२३४५६७८९०१२४",
    "ZZZPA1234C",
  ])("is not %j", (text) => {
    expect(readAadhaar(text)).toBeUndefined();
  });

  it("is never one with a single wrong digit", () => {
    fc.assert(
      fc.property(fc.nat(11), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const wrong = (Number(valid.charAt(at)) + shift) % 10;
        expect(readAadhaar(valid.slice(0, at) + String(wrong) + valid.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it("is never one with two neighbours swapped", () => {
    for (let at = 0; at < 11; at += 1) {
      const [one, other] = [valid.charAt(at), valid.charAt(at + 1)];
      if (one === other) continue;
      expect(readAadhaar(valid.slice(0, at) + other + one + valid.slice(at + 2))).toBeUndefined();
    }
  });

  it("is a secret wherever it is printed", () => {
    const read = readAadhaar(valid);
    expect(`${JSON.stringify({ read })} ${String(read)}`).not.toContain(valid.slice(0, 4));
  });
});
