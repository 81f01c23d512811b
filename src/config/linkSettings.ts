import { readFileSync } from "node:fs";
import { asList, asObject } from "../kernel";
import { type Environment, isLoopback, readHttpUrl, requireTls } from "./environment";

/** What taxpayers' browsers may be shown, and where they may be led. */
export interface LinkSettings {
  /** An origin. Undefined: the address that the service listens at. */
  readonly publicUrl: URL | undefined;
  /** Undefined: any loopback address may be returned to. */
  readonly requesterByTenant: ReadonlyMap<string, Requester> | undefined;
}

/** A tenant as taxpayers meet it. */
interface Requester {
  readonly name: string | undefined;
  readonly returnUrls: readonly URL[];
  /** Sites that may show the page in a frame. */
  readonly frameOrigins: readonly string[];
}

const publicName = "AAY_PUBLIC_URL";
const returnName = "AAY_LINK_RETURN_URLS";

export function readLinkSettings(environment: Environment, { live }: { live: boolean }): LinkSettings {
  const text = environment.text(publicName);
  const publicUrl = text === undefined ? undefined : readHttpUrl(environment, publicName, text);
  if (publicUrl && publicUrl.pathname !== "/") environment.complain(`${publicName} must be an origin, without a path.`);
  if (publicUrl && live) requireTls(environment, publicName, publicUrl);
  const requesterByTenant = readRequesters(environment, live);
  return { publicUrl, requesterByTenant };
}

function readRequesters(environment: Environment, live: boolean): LinkSettings["requesterByTenant"] {
  const text = environment.text(returnName);
  if (text === undefined) return live ? new Map() : undefined;
  const tenants = asObject(contentOf(text));
  const requesters = Object.entries(tenants ?? {}).map(([tenant, value]) => [tenant, requesterIn(value)] as const);
  const isWhole = tenants !== undefined && requesters.every(([, requester]) => requester !== undefined);
  if (!isWhole) {
    environment.complain(
      `${returnName} is no JSON, nor the path of a file of it, that maps each tenant to its addresses: http or https, without a query.`,
    );
  }
  return new Map(requesters.flatMap(([tenant, requester]) => (requester ? [[tenant, requester] as const] : [])));
}

function contentOf(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("{") ? text : readFileSync(text, "utf8"));
  } catch {
    return undefined;
  }
}

/** `["https://…"]`, or `{ "returnUrls": ["https://…"], "name": "…", "frameOrigins": ["https://…"] }`. */
function requesterIn(value: unknown): Requester | undefined {
  const { returnUrls, name, frameOrigins } = asObject(value) ?? { returnUrls: value };
  const addresses = asList(typeof returnUrls === "string" ? [returnUrls] : returnUrls).map(addressIn);
  const frames = asList(frameOrigins).map(addressIn);
  const isWhole = [...addresses, ...frames].every((url) => url !== undefined);
  if (!isWhole || (addresses.length === 0 && returnUrls === value)) return undefined;
  return {
    name: typeof name === "string" && name.trim() !== "" ? name.trim() : undefined,
    returnUrls: addresses.filter((url) => url !== undefined),
    frameOrigins: frames.flatMap((url) => url?.origin ?? []),
  };
}

/** Whatever the return adds stands alone in the query. */
function addressIn(text: unknown): URL | undefined {
  if (typeof text !== "string" || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.search === "" && url.hash === "" && url.username === "";
  return isPlain && (url.protocol === "https:" || url.protocol === "http:") ? url : undefined;
}

/** Whether a tenant's links may return to this address. An address that is an origin stands for all of it. */
export function mayReturnTo({ requesterByTenant }: LinkSettings, tenant: string, text: string): boolean {
  const url = addressIn(text);
  if (url === undefined) return false;
  if (requesterByTenant === undefined) return isLoopback(url.hostname);
  return (requesterByTenant.get(tenant)?.returnUrls ?? []).some(
    (known) => known.origin === url.origin && (known.pathname === "/" || known.pathname === url.pathname),
  );
}
