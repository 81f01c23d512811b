/** Opens the taxpayer's page of a link in a window of its own or in place of this page, and reads how it ended. */

/** A link as `createLink` has answered it. */
export interface Link {
  readonly id: string;
  readonly url: string;
}

/** What the return address is given. It is a hint of the browser: ask the graph for the link before you rely on it. */
export interface LinkReturn {
  readonly link: string;
  readonly state: LinkEnd;
}

const ends = ["CONNECTED", "DECLINED", "FAILED", "EXPIRED", "CANCELLED"] as const;
export type LinkEnd = (typeof ends)[number];

/**
 * BLOCKED: the browser has opened no window, so that a redirect is needed.
 * CLOSED: the window was closed first; the same browser may open the same link again.
 */
export class LinkWindowError extends Error {
  override readonly name = "LinkWindowError";

  constructor(readonly reason: "BLOCKED" | "CLOSED") {
    super(reason === "BLOCKED" ? "The browser has blocked the window." : "The window was closed before the end.");
  }
}

const channelName = "aaygraph-link";
const watchMs = 250;
/** The word of a window that closes itself may come after the window is seen to be closed. */
const graceMs = 500;

/**
 * Opens a window and resolves when it has come back to the return address, where `takeReturn` runs. Call it while a click
 * is handled: browsers block other windows. The link may be a promise, so that the window opens before the link is made.
 */
export async function openLink(
  link: Link | Promise<Link>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<LinkReturn> {
  signal?.throwIfAborted();
  const opened = window.open("", "_blank", popupFeatures());
  if (!opened) {
    // The link's own failure has no other listener.
    Promise.resolve(link).catch(() => undefined);
    throw new LinkWindowError("BLOCKED");
  }
  try {
    const { id, url } = await link;
    signal?.throwIfAborted();
    opened.location.replace(webAddress(url));
    return await hear(id, opened, signal);
  } catch (fault) {
    opened.close();
    throw fault;
  }
}

/** Leaves this page for the taxpayer's page. It comes back to the return address, where `takeReturn` tells the end. */
export function goToLink({ url }: Pick<Link, "url">): void {
  window.location.assign(webAddress(url));
}

/**
 * How a link ended, if this page was opened as the return address of one. The two parameters are taken from the address.
 * In a window of `openLink` it hands the end to the page that waits for it, and the window closes.
 */
export function takeReturn(): LinkReturn | undefined {
  const url = new URL(window.location.href);
  const link = url.searchParams.get("link");
  const state = ends.find((end) => end === url.searchParams.get("state"));
  if (link === null || state === undefined) return undefined;
  url.searchParams.delete("link");
  url.searchParams.delete("state");
  window.history.replaceState(window.history.state, "", url);
  const returned: LinkReturn = { link, state };
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isHeard(data, link)) return;
    channel.close();
    window.close();
  };
  channel.postMessage(returned);
  // An open channel would keep the page out of the browser's cache for "Back".
  const stop = () => {
    channel.close();
  };
  window.addEventListener("pagehide", stop, { once: true });
  return returned;
}

/** By a channel of the caller's own origin: no other site can say how a link ended. */
function hear(id: string, opened: Window, signal: AbortSignal | undefined): Promise<LinkReturn> {
  const channel = new BroadcastChannel(channelName);
  const over = new AbortController();
  const { promise, resolve, reject } = deferred<LinkReturn>();
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isReturn(data) || data.link !== id) return;
    channel.postMessage({ heard: id });
    resolve(data);
  };
  let closedMs = 0;
  const timer = setInterval(() => {
    closedMs = opened.closed ? closedMs + watchMs : 0;
    if (closedMs > graceMs) reject(new LinkWindowError("CLOSED"));
  }, watchMs);
  const abort = () => {
    reject(signal?.reason);
  };
  signal?.addEventListener("abort", abort, { signal: over.signal });
  return promise.finally(() => {
    clearInterval(timer);
    over.abort();
    channel.close();
  });
}

function isReturn(data: unknown): data is LinkReturn {
  const { link, state } = (data ?? {}) as Partial<Record<keyof LinkReturn, unknown>>;
  return typeof link === "string" && ends.some((end) => end === state);
}

function isHeard(data: unknown, link: string): boolean {
  return (data as { heard?: unknown } | null)?.heard === link;
}

/** An address like `javascript:` would run in the caller's own page. */
function webAddress(url: string): string {
  if (!/^https?:/.test(url)) throw new TypeError("The address of a link begins with https.");
  return url;
}

/** In the middle of this window, as wide as a phone. */
function popupFeatures(): string {
  const width = 480;
  const height = 760;
  const left = Math.max(0, window.screenX + (window.outerWidth - width) / 2);
  const top = Math.max(0, window.screenY + (window.outerHeight - height) / 2);
  return `popup,width=${width},height=${height},left=${Math.round(left)},top=${Math.round(top)}`;
}

/** `Promise.withResolvers`, for browsers before 2024. */
function deferred<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
