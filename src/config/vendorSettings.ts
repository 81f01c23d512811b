import { Secret, isPrivateHost } from "../kernel";
import type { Credentials, Provider, CallLimit } from "../providers";
import { readHttpUrl, wholeNumber, requireTls, type Environment } from "./environment";

/** How one vendor is reached: at its own address, played by our simulator, or not at all. */
export type VendorSettings =
  | (Reached & { readonly mode: "LIVE"; readonly baseUrl: URL })
  | (Reached & { readonly mode: "SANDBOX" })
  | { readonly mode: "OFF" };

interface Reached {
  readonly credentials: Credentials;
  readonly pace: Pace;
  /** Origins and hosts, besides the vendor's own, from which its files may be fetched. */
  readonly fileHosts: readonly string[];
}

interface Pace {
  readonly timeoutMs: number;
  readonly maxInFlight: number;
  /** Undefined: as often as the vendor advises. */
  readonly pollMs: number | undefined;
  /** The plan that was bought; none for a simulator, unless the operator wants to see it kept. */
  readonly callLimits: readonly CallLimit[];
}

export function readVendorSettings(
  environment: Environment,
  vendor: Provider,
  { live, allowPrivate }: { live: boolean; allowPrivate: boolean },
): VendorSettings {
  const { prefix, required, optional, sandbox } = vendor.settings;
  const address = environment.text(`${prefix}_BASE_URL`);
  const isSimulated = address === undefined && !live;
  const values = new Map<string, Secret>();
  const missing: string[] = [];
  for (const name of [...required, ...optional]) {
    const text = environment.text(name) ?? (live ? undefined : sandbox[name]);
    if (text !== undefined) values.set(name, new Secret(text));
    else if (required.includes(name)) missing.push(name);
  }
  const credentials: Credentials = { read: (name) => values.get(name) };
  const pace: Pace = {
    timeoutMs: wholeNumber(environment, `${prefix}_TIMEOUT_MS`, {
      fallback: vendor.settings.timeoutMs,
      least: 1,
      most: 600_000,
    }),
    maxInFlight: wholeNumber(environment, `${prefix}_MAX_IN_FLIGHT`, {
      fallback: vendor.settings.maxInFlight,
      least: 1,
      most: 1_000,
    }),
    pollMs: readPoll(environment, `${prefix}_POLL_MS`, isSimulated),
    callLimits: readCallLimits(environment, `${prefix}_CALL_LIMITS`) ?? (isSimulated ? [] : vendor.callLimits),
  };
  const fileHosts = readFileHosts(environment, `${prefix}_FILE_HOSTS`, { allowPrivate: allowPrivate || !live });
  if (isSimulated) return { mode: "SANDBOX", credentials, pace, fileHosts };
  if (address === undefined && values.size === 0) return { mode: "OFF" };
  if (address === undefined) missing.unshift(`${prefix}_BASE_URL`);
  for (const name of missing) {
    environment.complain(`${name} is missing, though other settings of ${vendor.name} are given.`);
  }
  if (address === undefined) return { mode: "OFF" };
  const baseUrl = readHttpUrl(environment, `${prefix}_BASE_URL`, address);
  if (baseUrl === undefined) return { mode: "OFF" };
  const isPrivate = isPrivateHost(baseUrl.hostname);
  if (live && !allowPrivate && isPrivate) {
    environment.complain(`${prefix}_BASE_URL is a private address; AAY_ALLOW_PRIVATE_UPSTREAMS=on allows that.`);
  } else if (live && !isPrivate) requireTls(environment, `${prefix}_BASE_URL`, baseUrl);
  return { mode: "LIVE", baseUrl, credentials, pace, fileHosts };
}

/** A simulator is done in a moment, so that nobody who tries it out needs to wait as long as a vendor advises. */
const pollMsInSandbox = 500;

function readPoll(environment: Environment, name: string, isSimulated: boolean): number | undefined {
  if (environment.text(name) === undefined) return isSimulated ? pollMsInSandbox : undefined;
  return wholeNumber(environment, name, { fallback: pollMsInSandbox, least: 10, most: 600_000 });
}

const windowMsByUnit: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** The plan that was bought: "17/s,1000/m,50000/d", or "none". Undefined: nothing is given. */
function readCallLimits(environment: Environment, name: string): readonly CallLimit[] | undefined {
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
function readFileHosts(
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
