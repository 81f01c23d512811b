import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Locale, locales } from "../../domain";
import { isPrivateAddress } from "../../kernel";

const browserCookie = "aay_browser";
const languageCookie = "aay_language";
/** Longer than any link lives. */
const browserSeconds = 2 * 3_600;

/** The browser that makes a request, by what it carries. */
export interface Visitor {
  /** A secret that no script can read. Undefined at its first visit. */
  readonly secret: string | undefined;
  readonly locale: Locale | undefined;
}

export function visitorOf({ headers }: IncomingMessage): Visitor {
  const values = new Map(
    (headers.cookie ?? "").split(";").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    }),
  );
  const secret = values.get(browserCookie);
  const locale = locales.find((each) => each === values.get(languageCookie));
  return { secret: secret !== undefined && /^[\w-]{43}$/.test(secret) ? secret : undefined, locale };
}

export function newBrowserSecret(): string {
  return randomBytes(32).toString("base64url");
}

interface CookieRules {
  readonly isSecure: boolean;
  /** In a frame of another site a browser sends only what says that it may be sent there. */
  readonly isFramed: boolean;
}

export function setBrowserSecret(response: ServerResponse, secret: string, rules: CookieRules): void {
  setCookie(response, `${browserCookie}=${secret}; Max-Age=${browserSeconds}; HttpOnly`, rules);
}

export function setLanguage(response: ServerResponse, locale: Locale, rules: CookieRules): void {
  setCookie(response, `${languageCookie}=${locale}; Max-Age=${browserSeconds}; HttpOnly`, rules);
}

function setCookie(response: ServerResponse, text: string, { isSecure, isFramed }: CookieRules): void {
  // Lax, so that a taxpayer who comes back from the lender's page is known.
  const site = isFramed && isSecure ? "SameSite=None; Partitioned" : "SameSite=Lax";
  response.appendHeader("set-cookie", `${text}; Path=/; ${site}${isSecure ? "; Secure" : ""}`);
}

/** The token of one form of one link in one browser. No other site can know it, since it cannot read the cookie. */
export function csrfToken(secret: string, linkId: string, action: string): string {
  return createHash("sha256").update(["form", secret, linkId, action].join("\0")).digest("base64url");
}

export function isSameToken(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** Behind a proxy of our own it is the proxy that has seen the address. */
export function addressOf({ socket, headers }: IncomingMessage): string {
  const peer = socket.remoteAddress ?? "";
  const forwarded = headers["x-forwarded-for"];
  const last = (Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? "")).split(",").at(-1)?.trim();
  return last && isPrivateAddress(peer.replace(/^::ffff:/, "")) ? last : peer;
}
