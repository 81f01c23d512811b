import { randomUUID } from "node:crypto";
import { mayReturnTo, type Settings } from "../config";
import type { Pan } from "../domain";
import { createPageRates } from "../guard";
import type { Clock, Events } from "../kernel";
import { createLinks, type Links } from "../links";
import type { ConnectedProvider } from "../providers";
import { consentPath, createConsentRoute, createLinkRoute, linkPath, type TaxpayerPages } from "../server";
import type { Sessions } from "../sessions";
import type { Store } from "../store";

interface Parts {
  readonly settings: Pick<Settings, "links" | "mode" | "limits">;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly connected: readonly ConnectedProvider[];
  readonly clock: Clock;
  readonly realClock: Clock;
  readonly events: Events;
  /** Where the service listens. Known once it does. */
  readonly address: () => URL;
}

/** Joins links with the pages on which taxpayers follow them. */
export function createLinkPages(parts: Parts): { readonly links: Links; readonly pages: TaxpayerPages } {
  const { settings, store, sessions, connected, clock, realClock, events } = parts;
  const { publicUrl, requesterByTenant } = settings.links;
  const originOf = () => (publicUrl ?? parts.address()).origin;
  const requesterOf = (tenant: string) => requesterByTenant?.get(tenant)?.name ?? tenant;
  const links = createLinks({
    store: store.links,
    sessions,
    sessionById: async (tenant, id) => (await store.sessions.byId(tenant, [id])).get(id),
    announcements: store.announcements,
    publicUrl: originOf,
    requesterOf,
    mayReturnTo: (tenant, url) => mayReturnTo(settings.links, tenant, url),
    ...{ connected, clock, events },
  });
  // The sweep finds what is missed here.
  events.on("session changed", ({ session, state }) => {
    if (state === "READY" || state === "FAILED" || state === "ENDED") {
      links.onSessionChanged(session).catch(() => undefined);
    }
  });
  const shared = {
    rates: createPageRates({ limits: settings.limits, store: store.rateWindows, clock: realClock }),
    isSecure: () => originOf().startsWith("https:"),
    ...{ requesterOf, events },
  };
  const linkRoute = createLinkRoute({
    ...{ ...shared, links, connected },
    panOf: (link) => store.links.panOf(link),
    receiptOf: (tenant, consentId) => store.consents.receipt(tenant, consentId, clock.now()),
    frameOriginsOf: (tenant) => requesterByTenant?.get(tenant)?.frameOrigins ?? [],
    strictHolder: settings.mode === "live",
  });
  const { consents, audit } = store;
  const consentRoute = createConsentRoute({ ...shared, consents, audit, sessions, clock });
  return {
    links,
    pages: new Map([
      [linkPath, linkRoute],
      [consentPath, consentRoute],
    ]),
  };
}

const dayMs = 86_400_000;

/** A link for the first of the sandbox's people, ready to be followed. */
export async function linkToTry(links: Links, tenant: string, pan: Pan, nowMs: number): Promise<URL> {
  const { url } = await links.create({
    tenant,
    by: undefined,
    pan,
    provider: "KWIKID",
    documents: ["PROFILE", "FILINGS"],
    years: 3,
    consent: {
      purpose: "CREDIT_UNDERWRITING",
      reference: undefined,
      startsAtMs: nowMs,
      expiresAtMs: nowMs + 30 * dayMs,
      dataLifeDays: 30,
      mostFetches: undefined,
    },
    returnUrl: undefined,
    locale: "EN",
    idempotencyKey: randomUUID(),
  });
  if (url === undefined) throw new Error("a link was made, and has no address");
  return new URL(url);
}
