import { BlockList, isIP } from "node:net";

/** Networks that no public server answers from: our own, the machine's, the cloud's own services, and groups. */
const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  privateAddresses.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 96],
  // Two ways of wrapping an IPv4 address. The third, ::ffff:0:0, is judged by the address in it.
  ["64:ff9b::", 96],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  privateAddresses.addSubnet(network, prefix, "ipv6");
}

/** For an address, not a host name. Text that is no address counts as private. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || privateAddresses.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Whether a host names a private address by itself, without being looked up. */
export function isPrivateHost(hostname: string): boolean {
  const host = bareHost(hostname);
  return isIP(host) === 0 ? isLocalName(host) : isPrivateAddress(host);
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** For an address, not a host name. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Whether a host names the machine itself, without being looked up. */
export function isLoopbackHost(hostname: string): boolean {
  const host = bareHost(hostname);
  return isIP(host) === 0 ? isLocalName(host) : isLoopbackAddress(host);
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();
}

function isLocalName(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost");
}
