import type { AuditedCaller } from "../domain";
import { type Clock, type Events, Fault, type FaultCode } from "../kernel";
import type { ConnectedProvider } from "../providers";
import { isOver, problemOf, type Session, type Sessions, stateOf, toProblem } from "../sessions";
import type { Announcements } from "../sessions/ports";
import { isLinkOver, judgeFailure, type Link, taxpayerOf } from "./link";
import type { LinkStore } from "./ports";
import type { LinkTransition } from "./transition";

/** The dependencies of this folder. */
export interface LinkTools {
  readonly store: LinkStore;
  readonly sessions: Pick<Sessions, "open" | "submitOtp" | "close" | "revokeConsent">;
  readonly sessionById: (tenant: string, id: string) => Promise<Session | undefined>;
  readonly announcements: Announcements;
  readonly connected: readonly ConnectedProvider[];
  readonly clock: Clock;
  readonly events: Events;
  /** The address at which taxpayers' browsers reach this service, without a slash at its end. */
  readonly publicUrl: () => string;
  /** The name of a tenant as taxpayers know it. */
  readonly requesterOf: (tenant: string) => string;
  readonly mayReturnTo: (tenant: string, url: string) => boolean;
}

/** A login whose process has died before it had a session. */
const lostLoginMs = 60_000;

export async function sessionOf({ sessionById }: LinkTools, link: Link): Promise<Session | undefined> {
  const { sessionId } = link.progress;
  return sessionId === undefined ? undefined : sessionById(link.tenant, sessionId);
}

/** Takes over what its session has come to, or what its time has. The link as it is then. */
export type Settle = (link: Link) => Promise<Link>;

export function createSettle(tools: LinkTools, transition: LinkTransition): Settle {
  const { store, clock, sessions } = tools;

  /** Another process may have settled it at the same moment. */
  async function moved(link: Link, changed: Link | undefined): Promise<Link> {
    return changed ?? (await store.byId(link.tenant, [link.id])).get(link.id) ?? link;
  }

  async function settleLogin(link: Link, loginAtMs: number, isExpired: boolean): Promise<Link> {
    const session = await sessionOf(tools, link);
    if (session === undefined) {
      if (clock.now() - loginAtMs < lostLoginMs) return link;
      return loginFailed(transition, link, new Fault("INTERNAL")).then((changed) => moved(link, changed));
    }
    if (stateOf(session.progress) === "READY")
      return moved(link, await transition(link, "connected", {}, { by: byTaxpayer(link) }));
    if (isOver(session)) {
      const code: FaultCode = problemOf(session.progress)?.code ?? "SESSION_ENDED";
      const fault = new Fault(code, { provider: session.provider });
      return moved(link, await loginFailed(transition, link, fault));
    }
    if (session.progress.phase !== "AWAITING_OTP") return link;
    if (session.progress.needsAccessToken) {
      // It wants a token that only a caller can have.
      const fault = new Fault("PROVIDER_BAD_RESPONSE", { provider: session.provider });
      return leave(link, await loginFailed(transition, link, fault), session);
    }
    return isExpired ? leave(link, await transition(link, "expired"), session) : link;
  }

  /** The link goes first: a session that ends under it would be taken for a failure. */
  async function leave(link: Link, changed: Link | undefined, session: Session): Promise<Link> {
    if (changed) await sessions.close(link.tenant, session.id);
    return moved(link, changed);
  }

  return async (link) => {
    if (isLinkOver(link)) return link;
    const isExpired = link.expiresAtMs <= clock.now();
    const { loginAtMs } = link.progress;
    if (loginAtMs !== undefined) return settleLogin(link, loginAtMs, isExpired);
    return isExpired ? moved(link, await transition(link, "expired")) : link;
  };
}

/** The login under way has come to nothing: the taxpayer may try again, or the link has failed. */
export async function loginFailed(transition: LinkTransition, link: Link, fault: Fault): Promise<Link | undefined> {
  const { isOver: hasFailed, refusals } = judgeFailure(link, fault.code);
  const facts = { problem: toProblem(fault), refusals, loginAtMs: undefined };
  return transition(link, hasFailed ? "failed" : "loginFailed", facts, { by: byTaxpayer(link) });
}

/** What comes of a login is the doing of the one who has begun it. */
function byTaxpayer(link: Link): AuditedCaller {
  return taxpayerOf(link, link.progress.loginRequestId ?? "");
}
