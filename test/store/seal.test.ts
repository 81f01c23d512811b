import { createSecretKey, randomBytes } from "node:crypto";
import { seal, unseal } from "../../src/store/keys/seal";

const key = createSecretKey(randomBytes(32));
const plain = Buffer.from("Salary 712300");
const place = ["answer", "lender", "2024-25"];

describe("a ciphertext", () => {
  it("opens in its own place", () => {
    expect(unseal(key, seal(key, plain, place), place)).toEqual(plain);
  });

  it("never looks the same twice", () => {
    expect(seal(key, plain, place)).not.toEqual(seal(key, plain, place));
  });

  it.each([[["answer", "lender", "2023-24"]], [["answer", "lender,2024-25"]], [["answer", "lender"]]])(
    "does not open in the place %j",
    (elsewhere) => {
      expect(unseal(key, seal(key, plain, place), elsewhere)).toBeUndefined();
    },
  );

  it("does not open with another key", () => {
    expect(unseal(createSecretKey(randomBytes(32)), seal(key, plain, place), place)).toBeUndefined();
  });

  it("does not open when one of its bits is flipped", () => {
    const sealed = seal(key, plain, place);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const turned = Buffer.from(sealed);
      turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(unseal(key, turned, place)).toBeUndefined();
    }
  });

  it("does not open when it is truncated", () => {
    const sealed = seal(key, plain, place);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(unseal(key, sealed.subarray(0, length), place)).toBeUndefined();
    }
  });
});
