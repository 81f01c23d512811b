import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dayText, documentText, instantAt, lapseOf, type Locale, locales } from "../../domain";
import type { PageRates } from "../../guard";
import { asFault, type Clock, type Events } from "../../kernel";
import type { AuditStore, StoredAuditRecord } from "../../reading/ports";
import type { Sessions } from "../../sessions";
import type { ConsentStore, FoundReceipt, KeptConsent } from "../../sessions/ports";
import { readFormBody } from "../http";
import { html, type Html } from "./html";
import { page, problemBox, timeText } from "./layout";
import { refusalPage } from "./linkPages";
import { type Messages, messagesByLocale } from "./messages";
import { sendPage, sendSeeOther } from "./sending";
import { addressOf, isSameToken, setLanguage, visitorOf } from "./visitor";

export const consentPath = "/consent/";

interface ConsentPageSettings {
  readonly consents: Pick<ConsentStore, "byId" | "receiptById">;
  readonly audit: Pick<AuditStore, "records">;
  readonly sessions: Pick<Sessions, "revokeConsent">;
  readonly rates: PageRates;
  readonly requesterOf: (tenant: string) => string;
  readonly isSecure: () => boolean;
  readonly clock: Pick<Clock, "now">;
  readonly events: Events;
}

const mostReads = 100;

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  readonly code: string;
  readonly locale: Locale;
  readonly requestId: string;
}

/** The taxpayer's page of a consent: who has the receipt's code may see what was read, and withdraw. */
export function createConsentRoute(settings: ConsentPageSettings) {
  const { consents, audit, sessions, rates, clock, events } = settings;

  async function find({ id, code }: Visit): Promise<{ receipt: FoundReceipt; consent: KeptConsent } | undefined> {
    const receipt = /^cr_[\w-]{22}$/.test(id) ? await consents.receiptById(id) : undefined;
    if (receipt === undefined || !isSameToken(code, receipt.code)) return undefined;
    const consent = (await consents.byId(receipt.tenant, [receipt.consentId])).get(receipt.consentId);
    return consent && { receipt, consent };
  }

  async function readsOf({ tenant, consentId }: FoundReceipt, { taxpayerId }: KeptConsent) {
    const { records } = await audit.records(tenant, {
      taxpayerId,
      kinds: ["READ", "DOCUMENT_HANDED_OUT"],
      first: mostReads,
    });
    return records.filter(({ consentIds = [] }) => consentIds.includes(consentId));
  }

  async function answer(visit: Visit): Promise<void> {
    const { request, response, id, code, locale, requestId } = visit;
    const m = messagesByLocale[locale];
    await rates.take("address", addressOf(request));
    await rates.take("link", id);
    const found = await find(visit);
    if (found === undefined) {
      sendPage(request, response, code === "" ? 200 : 404, codePage(m, locale, code !== ""));
      return;
    }
    const { receipt, consent } = found;
    if (request.method === "POST") {
      // Who knows the code may withdraw, so that the form needs no token of its own.
      const by = { subject: `taxpayer:${receipt.id}`, requestId };
      await sessions.revokeConsent(receipt.tenant, receipt.consentId, by);
      sendSeeOther(response, `${consentPath}${id}?${new URLSearchParams({ code }).toString()}`);
      return;
    }
    const reads = await readsOf(receipt, consent);
    const requester = settings.requesterOf(receipt.tenant);
    sendPage(
      request,
      response,
      200,
      consentPage({ m, locale, requester, receipt, consent, reads, nowMs: clock.now() }),
    );
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "", "http://page");
    const id = url.pathname.slice(consentPath.length);
    const requestId = randomUUID();
    response.setHeader("x-request-id", requestId);
    const { method = "" } = request;
    if (method !== "GET" && method !== "HEAD" && method !== "POST") {
      response.writeHead(405, { allow: "GET, HEAD, POST", "cache-control": "no-store" }).end();
      return;
    }
    const chosen = locales.find((each) => each === url.searchParams.get("lang"));
    const locale = chosen ?? visitorOf(request).locale ?? "EN";
    if (chosen) setLanguage(response, chosen, { isSecure: settings.isSecure(), isFramed: false });
    try {
      const entries = method === "POST" ? await readFormBody(request) : url.searchParams;
      await answer({ request, response, id, code: entries.get("code") ?? "", locale, requestId });
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL") events.emit("fault masked", { requestId, error: thrown });
      const { ours, tooMany } = messagesByLocale[locale].problems;
      const isTooMany = fault.code === "RATE_LIMITED";
      const status = isTooMany ? 429 : fault.code === "BAD_INPUT" ? 400 : 503;
      sendPage(request, response, status, refusalPage(locale, isTooMany ? tooMany : ours));
    }
  };
}

function codePage(m: Messages, locale: Locale, isWrong: boolean): Html {
  const { heading, code, codeHint, show, wrongCode } = m.consent;
  return page({
    locale,
    title: m.consent.title,
    main: html`<h1>${heading}</h1>
      ${isWrong ? problemBox(wrongCode) : undefined}
      <form method="get" autocomplete="off">
        <label for="code">${code}</label>
        <input
          id="code"
          name="code"
          data-testid="code"
          required
          maxlength="64"
          spellcheck="false"
          aria-describedby="code-hint"
          ${isWrong ? html` aria-invalid="true"` : undefined}
        />
        <p class="hint" id="code-hint">${codeHint}</p>
        <button data-testid="continue">${show}</button>
      </form>`,
  });
}

interface ConsentView {
  readonly m: Messages;
  readonly locale: Locale;
  readonly requester: string;
  readonly receipt: FoundReceipt;
  readonly consent: KeptConsent;
  readonly reads: readonly StoredAuditRecord[];
  readonly nowMs: number;
}

function consentPage(view: ConsentView): Html {
  const { m, locale, requester, receipt, consent, reads } = view;
  const { heading, agreed, given, reads: readsHeading, noReads, receipt: receiptHeading, digest, proof } = m.consent;
  const query = new URLSearchParams({ code: receipt.code }).toString();
  return page({
    locale,
    title: m.consent.title,
    keep: query,
    main: html`<h1>${heading}</h1>
      <p>${given(requester, dayText(consent.grantedAtMs, locale))}</p>
      ${standing(view)}
      <h2>${agreed}</h2>
      <ul class="notice" data-testid="notice">
        ${receipt.notice.split("\n").map((line) => html`<li>${line}</li>`)}
      </ul>
      <h2>${readsHeading}</h2>
      ${
        reads.length === 0
          ? html`<p data-testid="reads">${noReads}</p>`
          : html`<ul data-testid="reads">
              ${reads.map((record) => html`<li>${readLine(record, m, locale)}</li>`)}
            </ul>`
      }
      <h2>${receiptHeading}</h2>
      <p class="soft">${digest}: <code data-testid="digest">${receipt.digest}</code></p>
      <label for="jws" class="soft">${proof}</label>
      <textarea id="jws" readonly data-testid="jws">${receipt.jws}</textarea>`,
  });
}

/** What holds now, with the button that ends it. */
function standing({ m, locale, receipt, consent, nowMs }: ConsentView): Html {
  const { withdraw, withdrawHint, withdrawn, over } = m.consent;
  if (consent.revokedAtMs !== undefined) {
    return html`<div class="fine" data-testid="withdrawn">
      <p>${withdrawn(dayText(consent.revokedAtMs, locale))}</p>
    </div>`;
  }
  if (lapseOf(consent, nowMs)?.code === "CONSENT_EXPIRED") {
    return html`<div class="fine" data-testid="over"><p>${over(dayText(consent.expiresAtMs, locale))}</p></div>`;
  }
  return html`<form method="post" action="${consentPath}${receipt.id}">
      <input type="hidden" name="code" value="${receipt.code}" />
      <button class="danger" data-testid="withdraw">${withdraw}</button>
    </form>
    <p class="hint">${withdrawHint}</p>`;
}

function readLine({ kind, atMs, documents = [] }: StoredAuditRecord, m: Messages, locale: Locale): Html {
  const texts = documents.map((document) => documentText(document, locale)).join("; ");
  const line = kind === "DOCUMENT_HANDED_OUT" ? m.consent.handedOut : m.consent.read;
  return html`<time datetime="${instantAt(atMs)}">${line(dayText(atMs, locale), timeText(atMs), texts)}</time>`;
}
