import type { Pan } from "../domain";
import { asFault, Fault, neverAborted, pause, type Secret } from "../kernel";
import { type ConnectedProvider, isHealthy } from "../providers";
import { asLoginProvider, documentsOf, type OpenRequest, type Session, type SessionOutcome } from "../sessions";
import { type Link, taxpayerOf } from "./link";
import { type LinkTools, loginFailed, type Settle, sessionOf } from "./settle";
import type { LinkTransition } from "./transition";

/** The taxpayer's login on the page. */
export interface LinkLogin {
  /** The password lives in this call and nowhere else. */
  logIn(link: Link, entry: LoginEntry, requestId: string): Promise<Link>;
  submitOtp(link: Link, otp: Secret, requestId: string): Promise<Link>;
  /** Leaves the login that awaits a one-time password: the portal sends another one with a new login only. */
  startAgain(link: Link, requestId: string): Promise<Link>;
  changeProvider(link: Link, requestId: string): Promise<Link>;
  /** Another provider that brings the same documents, where one is up. */
  otherProvider(link: Link): ConnectedProvider | undefined;
  sessionOf(link: Link): Promise<Session | undefined>;
}

interface LoginEntry {
  /** Left out where the caller has given it. */
  readonly pan: Pan | undefined;
  readonly password: Secret;
}

/** A login that was just ended is still being logged out at the provider. */
const busyTries = 4;
const longestBusyMs = 6_000;

export function createLogin(tools: LinkTools, transition: LinkTransition, settle: Settle): LinkLogin {
  const { store, sessions, connected, clock } = tools;

  async function latest(link: Link): Promise<Link> {
    const now = (await store.byId(link.tenant, [link.id])).get(link.id) ?? link;
    return settle(now);
  }

  function otherProvider({ documents, progress: { provider } }: Link): ConnectedProvider | undefined {
    return connected.find(
      (candidate) =>
        candidate.provider.id !== provider &&
        asLoginProvider(candidate) !== undefined &&
        isHealthy(candidate) &&
        documentsOf(candidate, documents).length === documents.length,
    );
  }

  async function openPatiently(request: OpenRequest): Promise<SessionOutcome> {
    for (let left = busyTries; ; left -= 1) {
      const outcome = await sessions.open(request);
      const { code, context } = outcome.problem ?? {};
      const waitMs = (context?.retryAfterSeconds ?? 0) * 1_000;
      const isBusy = code === "PROVIDER_RATE_LIMITED" && outcome.session === undefined && waitMs <= longestBusyMs;
      if (!isBusy || left === 0) return outcome;
      await pause(clock, Math.min(waitMs, 1_500), neverAborted);
    }
  }

  async function logIn(link: Link, { pan: entered, password }: LoginEntry, requestId: string): Promise<Link> {
    const { progress, tenant, terms: consent, documents } = link;
    if (progress.state !== "CONSENTED" || progress.loginAtMs !== undefined) return latest(link);
    const by = taxpayerOf(link, requestId);
    const logins = progress.logins + 1;
    const facts = {
      logins,
      loginAtMs: clock.now(),
      loginRequestId: requestId,
      sessionId: undefined,
      problem: undefined,
    };
    // Of a form that is sent twice, one wins.
    const begun = await transition(link, "loginBegun", facts, { by });
    if (begun === undefined) return latest(link);
    try {
      const pan = link.isPanGiven ? await store.panOf(link) : entered;
      if (pan === undefined) throw new Fault(link.isPanGiven ? "ERASED" : "BAD_INPUT");
      const { session, problem } = await openPatiently({
        tenant,
        by,
        pan,
        password,
        provider: progress.provider,
        documents,
        years: link.incomeYears.length,
        consent,
        idempotencyKey: `link\n${link.id}\n${logins}`,
        byTaxpayer: {
          agreedAtMs: progress.agreedAtMs ?? clock.now(),
          locale: progress.locale,
          requester: tools.requesterOf(tenant),
          consentId: progress.consentId,
        },
      });
      if (session === undefined) throw problem ?? new Fault("INTERNAL");
      const { id: sessionId, consentId, taxpayerId } = session;
      const isKnown = await transition(begun, "loginUnderWay", { sessionId, consentId }, { taxpayerId });
      // The link is over meanwhile, and nobody would follow the session.
      if (isKnown === undefined) await sessions.close(tenant, sessionId, by);
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "INTERNAL" && fault.context.cause !== undefined) {
        tools.events.emit("fault masked", { requestId, error: fault.context.cause });
      }
      await loginFailed(transition, begun, fault);
    }
    return latest(begun);
  }

  return {
    logIn,
    otherProvider,
    sessionOf: (link) => sessionOf(tools, link),

    async submitOtp(link, otp, requestId) {
      const { sessionId } = link.progress;
      if (sessionId === undefined) return latest(link);
      const by = taxpayerOf(link, requestId);
      // A wrong one, and one that comes too late, are the session's own problem, which the page shows.
      await sessions.submitOtp(link.tenant, sessionId, { otp, accessToken: undefined, by });
      return latest(link);
    },

    async startAgain(link, requestId) {
      const session = await sessionOf(tools, link);
      if (session?.progress.phase !== "AWAITING_OTP") return latest(link);
      const by = taxpayerOf(link, requestId);
      await loginFailed(transition, link, new Fault("OTP_EXPIRED", { provider: session.provider }));
      await sessions.close(link.tenant, session.id, by);
      return latest(link);
    },

    async changeProvider(link, requestId) {
      const other = otherProvider(link);
      const { state, loginAtMs } = link.progress;
      if (other === undefined || state !== "CONSENTED" || loginAtMs !== undefined) return latest(link);
      const by = taxpayerOf(link, requestId);
      await transition(link, "providerChanged", { provider: other.provider.id, problem: undefined }, { by });
      return latest(link);
    },
  };
}
