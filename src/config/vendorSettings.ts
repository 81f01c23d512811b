import { Secret, isPrivateHost } from "../kernel";
import type { Credentials, Provider, CallLimit } from "../providers";
import { readHttpUrl, wholeNumber, type Environment, requireTls } from "./environment";
import { readCallLimits, readFileHosts } from "./vendorPlans";

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
