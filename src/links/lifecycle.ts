import { randomBytes } from "node:crypto";
import {
  type AuditedCaller,
  type ConsentTerms,
  type DocumentKind,
  indianDayAt,
  lapseOf,
  latestIncomeYears,
  type Locale,
  type Pan,
  type ProviderId,
} from "../domain";
import { Fault } from "../kernel";
import { chooseLogin, stateOf } from "../sessions";
import { isLinkOver, type Link, type LinkOutcome, taxpayerOf } from "./link";
import { createLogin, type LinkLogin } from "./login";
import type { LinkVisit } from "./ports";
import { createSettle, type LinkTools, sessionOf } from "./settle";
import { createLinkTransition } from "./transition";
import { watchLink } from "./watch";

/** The input of `createLink`. */
export interface LinkRequest {
  readonly tenant: string;
  readonly by: AuditedCaller | undefined;
  readonly pan: Pan | undefined;
  readonly provider: ProviderId | undefined;
  readonly documents: readonly DocumentKind[] | undefined;
  readonly years: number;
  readonly consent: ConsentTerms;
  readonly returnUrl: string | undefined;
  readonly locale: Locale;
  readonly idempotencyKey: string;
}

/** The face of this folder. What callers see of links, and what the page does with them. Links come settled. */
export interface Links extends LinkLogin {
  create(request: LinkRequest): Promise<LinkOutcome>;
  cancel(tenant: string, id: string, by: AuditedCaller): Promise<LinkOutcome>;
  byId(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Link>>;
  watch(tenant: string, id: string): Promise<AsyncIterableIterator<Link>>;
  /** By the secret of its address, from the browser that holds this other secret. */
  visit(token: string, browser: string | undefined): Promise<LinkVisit | undefined>;
  /** Binds the link to this browser. */
  open(link: Link, browser: string, requestId: string): Promise<Link>;
  /** To the notice as it was shown in this language. */
  agree(link: Link, locale: Locale, requestId: string): Promise<Link>;
  decline(link: Link, requestId: string): Promise<Link>;
  /** Settles the links that nobody looks at. */
  sweep(): Promise<void>;
  onSessionChanged(sessionId: string): Promise<void>;
}

const lifeMs = 30 * 60_000;

export function createLinks(tools: LinkTools): Links {
  const { store, sessions, announcements, connected, clock, events } = tools;
  const transition = createLinkTransition(store, clock, events);
  const settle = createSettle(tools, transition);

  async function settled(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Link>> {
    const found = await store.byId(tenant, ids);
    const links = await Promise.all([...found.values()].map(settle));
    return new Map(links.map((link) => [link.id, link]));
  }

  async function find(tenant: string, id: string): Promise<Link> {
    const link = (await settled(tenant, [id])).get(id);
    if (link === undefined) throw new Fault("NOT_FOUND", { field: "id" });
    return link;
  }

  /** The link as it is now, where somebody else was faster. */
  async function latest(link: Link, changed: Link | undefined): Promise<Link> {
    return changed ?? (await find(link.tenant, link.id));
  }

  async function closeSession(link: Link, by: AuditedCaller | undefined): Promise<void> {
    const session = await sessionOf(tools, link);
    if (session && stateOf(session.progress) !== "READY") await sessions.close(link.tenant, session.id, by);
  }

  return {
    ...createLogin(tools, transition, settle),

    async create(request) {
      const { tenant, by, pan, consent, locale, returnUrl, idempotencyKey, years } = request;
      const nowMs = clock.now();
      // A consent that begins a little later than now would refuse the login: that is the caller's to know at once.
      const lapse = lapseOf({ ...consent, revokedAtMs: undefined }, nowMs);
      if (lapse) return { problem: lapse, replayed: false };
      if (returnUrl !== undefined && !tools.mayReturnTo(tenant, returnUrl)) {
        const hint = "It must be an address that is registered for this tenant, without a query of its own.";
        throw new Fault("BAD_INPUT", { field: "returnUrl", hint });
      }
      const { chosen, documents } = chooseLogin(connected, { ...request, years });
      const token = randomBytes(32).toString("base64url");
      const created = await store.create({
        id: `lk_${randomBytes(16).toString("base64url")}`,
        tenant,
        by,
        token,
        pan,
        terms: consent,
        documents,
        incomeYears: latestIncomeYears(years, indianDayAt(nowMs)),
        returnUrl,
        progress: { state: "CREATED", locale, provider: chosen.provider.id, logins: 0, refusals: 0 },
        idempotencyKey,
        request: textOf(request),
        nowMs,
        expiresAtMs: nowMs + lifeMs,
      });
      if (created === "CONFLICT") {
        return { problem: new Fault("CONFLICT", { field: "idempotencyKey" }), replayed: false };
      }
      if (created.outcome === "REPLAYED") return { link: await settle(created.link), replayed: true };
      return { link: created.link, url: `${tools.publicUrl()}/link/${token}`, replayed: false };
    },

    async cancel(tenant, id, by) {
      const link = await find(tenant, id);
      if (isLinkOver(link)) return { link, replayed: true };
      const cancelled = await latest(link, await transition(link, "cancelled", {}, { by }));
      await closeSession(cancelled, by);
      return { link: cancelled, replayed: false };
    },

    byId: settled,
    watch: async (tenant, id) => watchLink(store, announcements, await find(tenant, id)),

    async visit(token, browser) {
      const visit = await store.byToken(token, browser);
      return visit && { ...visit, link: await settle(visit.link) };
    },

    async open(link, browser, requestId) {
      const by = taxpayerOf(link, requestId);
      return latest(link, await transition(link, "opened", {}, { by, browser }));
    },

    async agree(link, locale, requestId) {
      if (link.progress.state !== "OPENED") return link;
      const by = taxpayerOf(link, requestId);
      return latest(link, await transition(link, "agreed", { agreedAtMs: clock.now(), locale }, { by }));
    },

    async decline(link, requestId) {
      const { state, consentId } = link.progress;
      if (state !== "OPENED" && state !== "CONSENTED") return link;
      const by = taxpayerOf(link, requestId);
      const declined = await latest(link, await transition(link, "declined", {}, { by }));
      if (declined.progress.state !== "DECLINED") return declined;
      await closeSession(declined, by);
      if (consentId !== undefined) await sessions.revokeConsent(link.tenant, consentId, by);
      return declined;
    },

    async sweep() {
      for (const link of await store.due(clock.now())) {
        try {
          await settle(link);
        } catch (error) {
          events.emit("background failed", { what: "a link that is due", error });
        }
      }
    },

    async onSessionChanged(sessionId) {
      const link = await store.bySession(sessionId);
      if (link) await settle(link);
    },
  };
}

function textOf({ pan, provider, documents, years, consent, returnUrl, locale }: LinkRequest): string {
  return JSON.stringify([pan, provider, documents?.toSorted(), years, consent, returnUrl, locale]);
}
