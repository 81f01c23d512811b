import { secretKey } from "../../../src/providers/eko/credentials";

describe("Eko's signature", () => {
  it.each([
    ["TEST_ACCESS_KEY_DO_NOT_USE", "1700000000000", "u30ak/iOGwKCaspqCeiYng8fd98QDx7kF3DBBOadQHk="],
    ["test-access-key-123", "1700000000000", "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo="],
  ])("is the vendor's published one for %s", (accessKey, timestamp, signature) => {
    expect(secretKey(accessKey, timestamp)).toBe(signature);
  });

  it("changes with each millisecond", () => {
    expect(secretKey("key", "1700000000001")).not.toBe(secretKey("key", "1700000000000"));
  });

  it("reads the access key as UTF-8", () => {
    expect(secretKey("clé", "1700000000000")).not.toBe(secretKey("cl?", "1700000000000"));
  });
});
