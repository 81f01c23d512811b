import { isPrivateAddress } from "../../src/kernel/privateAddress";

describe("an address", () => {
  it.each([
    ["this host", "0.0.0.0"],
    ["a private network", "10.1.2.3"],
    ["a carrier's network", "100.64.0.1"],
    ["loopback", "127.0.0.1"],
    ["the cloud's metadata", "169.254.169.254"],
    ["a private network", "172.31.255.255"],
    ["a private network", "192.168.1.1"],
    ["a laboratory", "198.19.0.1"],
    ["a group", "224.0.0.1"],
    ["everybody", "255.255.255.255"],
    ["loopback", "::1"],
    ["no address", "::"],
    ["loopback, mapped", "::ffff:127.0.0.1"],
    ["loopback, mapped in digits", "::ffff:7f00:1"],
    ["loopback, of the old kind", "::7f00:1"],
    ["loopback, translated", "64:ff9b::7f00:1"],
    ["loopback, tunnelled", "2002:7f00:1::"],
    ["a private network", "fd00::1"],
    ["a link", "fe80::1"],
    ["a group", "ff02::1"],
    ["a name, which is none", "localhost"],
  ])("of %s is private: %s", (_what, address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(["3.108.106.182", "8.8.8.8", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "of a public server is not: %s",
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );
});
