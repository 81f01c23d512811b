import { isIP } from "node:net";
import { Fault } from "../kernel/fault";
import { isPrivateAddress } from "../kernel/privateAddress";

export interface FileGuard {
  readonly provider: string;
  readonly baseUrl: URL;
  readonly fileHosts: readonly string[];
  /** All private addresses. */
  readonly allowPrivate: boolean;
  /** The vendor is a simulator of ours, whose own address is private. */
  readonly isSandbox: boolean;
}

/** Judges where a link leads, before anything is asked there. */
export function checkedFileUrl(link: string, guard: FileGuard, from?: URL): URL {
  const url = URL.parse(link, from?.href);
  if (url === null) throw refused(guard, "the link is no address");
  if (url.username !== "" || url.password !== "") throw refused(guard, "the link carries a password");
  if (!isListed(url, guard)) throw refused(guard, "the link leads to a host that is not allowed");
  if (isIP(bare(url.hostname)) !== 0 && !mayConnect(bare(url.hostname), url.host, guard)) {
    throw refused(guard, "the link leads to a private address");
  }
  return url;
}

/** Judges the address that a host's name has turned out to be. */
export function mayConnect(address: string, host: string, guard: FileGuard): boolean {
  if (guard.allowPrivate || !isPrivateAddress(address)) return true;
  return guard.isSandbox && host === guard.baseUrl.host;
}

function isListed(url: URL, { baseUrl, fileHosts }: FileGuard): boolean {
  if (url.origin === baseUrl.origin || fileHosts.includes(url.origin)) return true;
  if (url.protocol !== "https:" || url.port !== "") return false;
  return [baseUrl.hostname, ...fileHosts].some((host) =>
    host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : url.hostname === host,
  );
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

export function refused({ provider }: { readonly provider: string }, note: string): Fault {
  return new Fault("PROVIDER_BAD_RESPONSE", { provider, note });
}
