import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Locale, locales, readPan } from "../../domain";
import type { PageRates } from "../../guard";
import { asFault, type Events, Secret } from "../../kernel";
import type { Link, Links } from "../../links";
import type { ConnectedProvider } from "../../providers";
import type { FoundReceipt } from "../../sessions/ports";
import { readFormBody } from "../http";
import { css, script } from "./assets";
import { type FormProblem, linkPage, type LinkView, refusalPage } from "./linkPages";
import { messagesByLocale } from "./messages";
import { sendAsset, sendPage, sendSeeOther } from "./sending";
import {
  addressOf,
  csrfToken,
  isSameToken,
  newBrowserSecret,
  setBrowserSecret,
  setLanguage,
  type Visitor,
  visitorOf,
} from "./visitor";

export const linkPath = "/link/";

interface PageSettings {
  readonly links: Links;
  readonly connected: readonly ConnectedProvider[];
  readonly rates: PageRates;
  readonly panOf: (link: Link) => Promise<LinkView["pan"]>;
  readonly receiptOf: (tenant: string, consentId: string) => Promise<Pick<FoundReceipt, "id" | "code">>;
  readonly requesterOf: (tenant: string) => string;
  readonly frameOriginsOf: (tenant: string) => readonly string[];
  /** Browsers reach the service over TLS. */
  readonly isSecure: () => boolean;
  /** See `readPan`. */
  readonly strictHolder: boolean;
  readonly events: Events;
}

const assets = new Map(
  [
    ["page.css", "text/css; charset=utf-8", css],
    ["page.js", "text/javascript; charset=utf-8", script],
  ].map(([name = "", contentType = "", text = ""]) => {
    const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 16)}"`;
    return [name, { contentType, text, etag }] as const;
  }),
);

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly token: string;
  readonly visitor: Visitor;
  readonly query: URLSearchParams;
  readonly requestId: string;
}

/** The taxpayer's page of a link. Everything wrong with a request is a page as well. */
export function createLinkRoute(settings: PageSettings) {
  const { links, rates, events } = settings;

  function localeOf({ visitor }: Visit, link?: Link): Locale {
    return visitor.locale ?? link?.progress.locale ?? "EN";
  }

  function cookieRules({ request }: Visit) {
    return { isSecure: settings.isSecure(), isFramed: request.headers["sec-fetch-dest"] === "iframe" };
  }

  function refuse(
    visit: Visit,
    status: number,
    link: Link | undefined,
    ...lines: readonly [string, ...string[]]
  ): void {
    sendPage(visit.request, visit.response, status, refusalPage(localeOf(visit, link), ...lines));
  }

  async function show(visit: Visit, link: Link, secret: string, formProblem?: FormProblem): Promise<void> {
    const { tenant, returnUrl, progress } = link;
    const { consentId, state } = progress;
    const view: LinkView = {
      link,
      locale: localeOf(visit, link),
      requester: settings.requesterOf(tenant),
      session: await links.sessionOf(link),
      provider: settings.connected.find(({ provider }) => provider.id === progress.provider),
      other: links.otherProvider(link),
      pan: link.isPanGiven ? await settings.panOf(link) : undefined,
      csrf: (action) => csrfToken(secret, link.id, action),
      isAgain: visit.query.has("again"),
      formProblem,
      receipt: state === "CONNECTED" && consentId ? await settings.receiptOf(tenant, consentId) : undefined,
    };
    const formOrigin = returnUrl === undefined ? undefined : new URL(returnUrl).origin;
    const frameOrigins = settings.frameOriginsOf(tenant);
    sendPage(visit.request, visit.response, formProblem ? 422 : 200, linkPage(view), { frameOrigins, formOrigin });
  }

  /** Undefined where the visit has been answered: the link is not this browser's. */
  async function admit(visit: Visit): Promise<{ readonly link: Link; readonly secret: string } | undefined> {
    const { token, visitor, requestId } = visit;
    const found = /^[\w-]{43}$/.test(token) ? await links.visit(token, visitor.secret) : undefined;
    const m = messagesByLocale[localeOf(visit, found?.link)].problems;
    if (found === undefined) {
      refuse(visit, 404, undefined, m.unknown);
      return undefined;
    }
    if (found.browser === "SAME" && visitor.secret !== undefined) return { link: found.link, secret: visitor.secret };
    const isFirst = found.browser === "NONE_YET" && found.link.progress.state === "CREATED";
    if (!isFirst || visit.request.method !== "GET") {
      const requester = settings.requesterOf(found.link.tenant);
      const { state } = found.link.progress;
      if (found.browser === "ANOTHER" || isFirst)
        refuse(visit, 403, found.link, m.anotherBrowser, m.anotherBrowserHint);
      else refuse(visit, 410, found.link, state === "CANCELLED" ? m.cancelled(requester) : m.expired(requester));
      return undefined;
    }
    const secret = visitor.secret ?? newBrowserSecret();
    await links.open(found.link, secret, requestId);
    // Of two browsers that open it at once, one is bound.
    const bound = await links.visit(token, secret);
    if (bound?.browser !== "SAME") {
      refuse(visit, 403, found.link, m.anotherBrowser, m.anotherBrowserHint);
      return undefined;
    }
    setBrowserSecret(visit.response, secret, cookieRules(visit));
    return { link: bound.link, secret };
  }

  async function act(
    link: Link,
    entries: URLSearchParams,
    { requestId, visitor }: Visit,
  ): Promise<FormProblem | undefined> {
    switch (entries.get("action")) {
      case "agree": {
        const shown = locales.find((each) => each === entries.get("lang"));
        await links.agree(link, shown ?? visitor.locale ?? link.progress.locale, requestId);
        return undefined;
      }
      case "decline":
        await links.decline(link, requestId);
        return undefined;
      case "login": {
        const pan = link.isPanGiven ? undefined : readPan(entries.get("pan") ?? "", settings);
        if (!link.isPanGiven && pan === undefined) return "BAD_PAN";
        const password = entries.get("password") ?? "";
        if (password === "") return "EMPTY_PASSWORD";
        await links.logIn(link, { pan, password: new Secret(password) }, requestId);
        return undefined;
      }
      case "otp": {
        const otp = (entries.get("otp") ?? "").replace(/\s/g, "");
        if (!/^[0-9]{4,8}$/.test(otp)) return "BAD_OTP";
        await links.submitOtp(link, new Secret(otp), requestId);
        return undefined;
      }
      case "resend":
        await links.startAgain(link, requestId);
        return undefined;
      case "provider":
        // The taxpayer agrees to the one that was named, and to no other.
        if (links.otherProvider(link)?.provider.id !== entries.get("provider")) return "STALE";
        await links.changeProvider(link, requestId);
        return undefined;
      case null:
      default:
        return "STALE";
    }
  }

  async function post(visit: Visit, { link, secret }: { readonly link: Link; readonly secret: string }): Promise<void> {
    const { request, token } = visit;
    const entries = await readFormBody(request);
    const site = request.headers["sec-fetch-site"];
    const isFromHere = site === undefined || site === "same-origin" || site === "none";
    const expected = csrfToken(secret, link.id, entries.get("action") ?? "");
    if (!isFromHere || !isSameToken(entries.get("csrf") ?? "", expected)) return show(visit, link, secret, "STALE");
    const problem = await act(link, entries, visit);
    if (problem) await show(visit, link, secret, problem);
    else sendSeeOther(visit.response, `${linkPath}${token}`);
  }

  async function answer(visit: Visit): Promise<void> {
    const { request, response, token, query } = visit;
    const { method = "" } = request;
    if (method !== "GET" && method !== "HEAD" && method !== "POST") {
      response.writeHead(405, { allow: "GET, HEAD, POST", "cache-control": "no-store" }).end();
      return;
    }
    const isPrefetch = [request.headers["sec-purpose"], request.headers.purpose].some((each) =>
      String(each ?? "").includes("prefetch"),
    );
    // What only looks ahead must not be taken for the taxpayer's browser.
    if (isPrefetch) {
      response.writeHead(503, { "cache-control": "no-store" }).end();
      return;
    }
    await rates.take("address", addressOf(request));
    await rates.take("link", token);
    const chosen = locales.find((each) => each === query.get("lang"));
    if (chosen && method === "GET") {
      setLanguage(response, chosen, cookieRules(visit));
      sendSeeOther(response, `${linkPath}${token}`);
      return;
    }
    const admitted = await admit(visit);
    if (admitted === undefined) return;
    if (method === "POST") await post(visit, admitted);
    else await show(visit, admitted.link, admitted.secret);
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "", "http://page");
    const token = url.pathname.slice(linkPath.length);
    const asset = assets.get(token);
    if (asset) {
      sendAsset(request, response, asset);
      return;
    }
    const visitor = visitorOf(request);
    const visit = { request, response, token, visitor, query: url.searchParams, requestId: randomUUID() };
    response.setHeader("x-request-id", visit.requestId);
    try {
      await answer(visit);
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL") events.emit("fault masked", { requestId: visit.requestId, error: thrown });
      const { ours, tooMany } = messagesByLocale[localeOf(visit)].problems;
      if (fault.code === "RATE_LIMITED") refuse(visit, 429, undefined, tooMany);
      else refuse(visit, fault.code === "BAD_INPUT" ? 400 : 503, undefined, ours);
    }
  };
}
