import { randomBytes } from "node:crypto";
import {
  type DocumentKind,
  type ProviderId,
  type AuditedCaller,
  lapseOf,
  type ConsentTerms,
  type Pan,
  indianDayAt,
  latestIncomeYears,
  type Locale,
} from "../domain";
import { Fault, pause, type Secret, neverAborted } from "../kernel";
import { lostCallMs } from "./transition";
import { type AfterCall, isStoreAway } from "./lastingWrites";
import type { Background, LoginProvider, SessionTools } from "./tools";
import { chooseLogin } from "./chooseLogin";
import { type AwaitStep, fail } from "./progress";
import { outcomeOf, type SessionOutcome, isOver, type Session } from "./session";
import type { Agreement, Opened, Opening } from "./ports";
import { end } from "./ending";
import { whenIdle } from "./watch";
import type { SessionWork } from "./jobs";

/** The input of `openSession`. */
export interface OpenRequest {
  readonly tenant: string;
  readonly by?: AuditedCaller | undefined;
  readonly pan: Pan;
  readonly password: Secret;
  readonly provider: ProviderId | undefined;
  readonly documents: readonly DocumentKind[] | undefined;
  readonly years: number;
  readonly consent: ConsentTerms;
  readonly idempotencyKey: string;
  /** Left out where the caller states the consent and has the password. */
  readonly byTaxpayer?: TaxpayerLogin | undefined;
}

/** A login that the taxpayer makes on our own page. It shares no session: who they are is known by the login only. */
interface TaxpayerLogin {
  readonly agreedAtMs: number;
  readonly locale: Locale;
  readonly requester: string;
  /** Of an earlier login of the same link. It is used again where it is this person's. */
  readonly consentId: string | undefined;
}

const mostAttempts = 3;
const pauseMs = 500;

export function createOpen(
  tools: SessionTools,
  after: AfterCall,
  awaitStep: AwaitStep,
  work: SessionWork,
  background: Background,
): (request: OpenRequest) => Promise<SessionOutcome> {
  const { store, consents, connected, clock } = tools;

  /** The password lives in this call and nowhere else. */
  async function logIn(session: Session, { client }: LoginProvider, { pan, password }: OpenRequest): Promise<void> {
    const { documents, incomeYears } = session;
    await awaitStep(session, {
      pan,
      answer: client.open({ pan, password, years: incomeYears.length, documents }, neverAborted),
      onFault: (fault) => fail(after.tools, after.transition, session, fault),
    });
  }

  async function refuse(tenant: string, fault: Fault): Promise<SessionOutcome> {
    await consents.record(tenant, [{ kind: "REFUSED", atMs: clock.now(), code: fault.code }]);
    return { problem: fault, replayed: false };
  }

  /** A commit may have been made whose answer is lost. A repeated attempt finds its own session by its id. */
  async function openSurely(opening: Opening): Promise<Opened> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const opened = await store.open(opening);
        const isOwn = opened.outcome === "REPLAYED" && opened.session.id === opening.id && opened.session.version === 1;
        return isOwn ? { ...opened, outcome: "OPENED" } : opened;
      } catch (thrown) {
        if (!isStoreAway(thrown)) throw thrown;
        if (attempt === mostAttempts) {
          background(abandonUnheard(opening));
          throw thrown;
        }
        await pause(clock, attempt * pauseMs, neverAborted);
      }
    }
  }

  /** Nobody logs in for a session whose opening was not heard of, so the sweep fails it. */
  async function abandonUnheard({ tenant, id = "" }: Opening): Promise<void> {
    const session = (await after.tools.store.byId(tenant, [id])).get(id);
    if (session) await store.abandon(session);
  }

  async function open(request: OpenRequest): Promise<SessionOutcome> {
    const { tenant, pan, consent, documents, years } = request;
    const nowMs = clock.now();
    const expiry = lapseOf({ ...consent, revokedAtMs: undefined }, nowMs);
    if (expiry) return refuse(tenant, expiry);
    const live = request.provider === undefined ? await store.live(tenant, { pan }) : [];
    const wanted = {
      documents,
      years,
      provider: request.provider ?? openAlready(live, documents),
      busy: live.map((session) => session.provider),
    };
    const choice = chooseLogin(connected, wanted);
    const { provider, terms } = choice.chosen;
    const expiresAtMs = Math.min(nowMs + terms.lifeMs, consent.expiresAtMs);
    const opening: Opening = {
      id: `ss_${randomBytes(16).toString("base64url")}`,
      tenant,
      by: request.by,
      pan,
      provider: provider.id,
      isAlone: terms.isOnePerPan,
      documents: choice.documents,
      incomeYears: latestIncomeYears(years, indianDayAt(nowMs)),
      consent,
      ...(request.byTaxpayer && {
        agreed: agreementOf(request.byTaxpayer),
        consentId: request.byTaxpayer.consentId,
      }),
      idempotencyKey: request.idempotencyKey,
      request: textOf(request),
      nowMs,
      dueAtMs: Math.min(expiresAtMs, nowMs + lostCallMs),
      expiresAtMs,
    };
    const opened = await openSurely(opening);
    switch (opened.outcome) {
      case "CONFLICT":
        return conflict();
      case "BUSY":
        return { problem: busy(provider.id, provider.name, opened.freeAtMs - nowMs), replayed: false };
      case "TOO_MANY":
        return { problem: opened.fault, replayed: false };
      case "REPLAYED":
        return { session: opened.session, replayed: true };
      case "ALREADY_OPEN":
        if (request.byTaxpayer) return replace(request, opened.session);
        // A session whose time is over may not have been ended yet.
        return (await isStale(opened.session, nowMs)) ? open(request) : share(opening, opened.session);
      case "OPENED":
        background(logIn(opened.session, choice.chosen, request));
        return outcomeOf(await whenIdle(tools, opened.session));
    }
  }

  /** What the earlier session has brought stays under its own consent. */
  async function replace(request: OpenRequest, session: Session): Promise<SessionOutcome> {
    await end(tools, after.transition, session, "CLOSED_BY_CALLER", { by: request.by });
    return open(request);
  }

  /** A consent is for one purpose, so a session is shared within its purpose only. */
  async function share(opening: Opening, session: Session): Promise<SessionOutcome> {
    const { tenant, consent } = opening;
    const given = (await consents.byId(tenant, [session.consentId])).get(session.consentId);
    if (given?.purpose !== consent.purpose) {
      const hint = "This person's open session serves another purpose; close it, or wait for its end.";
      return refuse(tenant, new Fault("CONSENT_EXCEEDED", { field: "consent.purpose", hint }));
    }
    const shared = await store.remember(opening, session);
    return shared === "CONFLICT" ? conflict() : { session: shared, replayed: true };
  }

  async function isStale(session: Session, nowMs: number): Promise<boolean> {
    const isDue = session.expiresAtMs <= nowMs || (otpExpiryOf(session) ?? nowMs + 1) <= nowMs;
    if (!isDue) return false;
    await work.onDue(session);
    return isOver((await store.byId(session.tenant, [session.id])).get(session.id) ?? session);
  }

  return open;
}

function agreementOf({ agreedAtMs: atMs, locale, requester }: TaxpayerLogin): Agreement {
  return { by: "TAXPAYER", atMs, locale, requester };
}

function conflict(): SessionOutcome {
  return { problem: new Fault("CONFLICT", { field: "idempotencyKey" }), replayed: false };
}

function otpExpiryOf({ progress }: Session): number | undefined {
  return progress.phase === "AWAITING_OTP" ? progress.otpExpiresAtMs : undefined;
}

/** The provider of a live session that covers these documents, so that no second login is made for them. */
function openAlready(live: readonly Session[], documents: readonly DocumentKind[] | undefined): ProviderId | undefined {
  return live.find((session) => (documents ?? []).every((document) => session.documents.includes(document)))?.provider;
}

function busy(provider: ProviderId, name: string, freeAfterMs: number): Fault {
  return new Fault("PROVIDER_RATE_LIMITED", {
    provider,
    retryAfterSeconds: Math.max(1, Math.ceil(freeAfterMs / 1_000)),
    hint: `${name} serves one login of a person at a time, and this person has one.`,
  });
}

/** The password is left out: even a digest of it would let it be guessed. */
function textOf({ pan, provider, documents, years, consent }: OpenRequest): string {
  return JSON.stringify([pan, provider, documents?.toSorted(), years, consent]);
}
