import { isPrivateHost } from "../kernel";
import type { CallLimit } from "../providers";
import type { Environment } from "./environment";

const windowMsByUnit: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** The plan that was bought: "17/s,1000/m,50000/d", or "none". Undefined: nothing is given. */
export function readCallLimits(environment: Environment, name: string): readonly CallLimit[] | undefined {
  const text = environment.text(name);
  if (text === undefined) return undefined;
  if (text.toLowerCase() === "none") return [];
  const limits = partsOf(text).map((part): CallLimit | undefined => {
    const [, calls, unit = ""] = /^([1-9]\d{0,8})\s*\/\s*([smhd])$/i.exec(part) ?? [];
    const windowMs = windowMsByUnit.get(unit.toLowerCase());
    return windowMs === undefined ? undefined : { windowMs, mostCalls: Number(calls) };
  });
  const read = limits.filter((limit) => limit !== undefined);
  const isWhole = read.length > 0 && read.length === limits.length;
  const isOnePerWindow = new Set(read.map(({ windowMs }) => windowMs)).size === read.length;
  if (!isWhole || !isOnePerWindow) {
    environment.complain(`${name} must be "none", or calls per second, minute, hour or day: 17/s,1000/m,50000/d.`);
  }
  return read;
}

/** Origins ("http://127.0.0.1:9000") and hosts for https ("files.example.com", "*.example.com"), with commas between. */
export function readFileHosts(
  environment: Environment,
  name: string,
  { allowPrivate }: { readonly allowPrivate: boolean },
): readonly string[] {
  const hosts = partsOf(environment.text(name) ?? "").map((part) => part.toLowerCase().replace(/\/$/, ""));
  for (const host of hosts) {
    const isOrigin = host.includes("://");
    if (isOrigin ? !isHttpOrigin(host) : !/^(\*\.)?([a-z0-9-]+\.)+[a-z0-9-]+$/.test(host)) {
      environment.complain(`${name} must hold origins or hosts: https://files.example.com, *.example.com.`);
    } else if (!allowPrivate && isPrivateHost(isOrigin ? new URL(host).hostname : host)) {
      environment.complain(`${name} holds a private address; AAY_ALLOW_PRIVATE_UPSTREAMS=on allows that.`);
    }
  }
  // An origin is compared as it is parsed: "https://files.example.com:443" is the one without its port.
  return hosts.map((host) => (host.includes("://") ? (URL.parse(host)?.origin ?? host) : host));
}

function isHttpOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
}

function partsOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
