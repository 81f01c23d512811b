import { createEvents } from "../../src/kernel/events";
import { type ManualClock, manualClock } from "../../src/kernel/clock";
import { judgeFailure, type Link, type LinkProgress } from "../../src/links/link";
import type { LinkStore } from "../../src/links/ports";
import { createSettle, type LinkTools } from "../../src/links/settle";
import { createLinkTransition } from "../../src/links/transition";
import type { Session, Progress as SessionProgress } from "../../src/sessions/session";

const minuteMs = 60_000;
const atFirst: LinkProgress = { state: "CONSENTED", locale: "EN", provider: "KWIKID", logins: 1, refusals: 0 };

function linkIn(progress: Partial<LinkProgress>): Link {
  return {
    id: "lk_1",
    tenant: "lender",
    taxpayerId: undefined,
    isPanGiven: false,
    terms: {
      purpose: "KYC",
      reference: undefined,
      startsAtMs: 0,
      expiresAtMs: 1,
      dataLifeDays: 1,
      mostFetches: undefined,
    },
    documents: ["FILINGS"],
    incomeYears: [],
    returnUrl: undefined,
    version: 1,
    progress: { ...atFirst, ...progress },
    createdAtMs: 0,
    updatedAtMs: 0,
    expiresAtMs: 30 * minuteMs,
  };
}

interface Place {
  readonly clock: ManualClock;
  readonly closed: string[];
  settle(link: Link): Promise<Link>;
}

/** One link in memory, beside a session in this phase. */
function placeWith(session: SessionProgress | undefined): Place {
  const clock = manualClock(0);
  const closed: string[] = [];
  const store = {
    byId: () => Promise.resolve(new Map()),
    change: (link: Link, { progress }: { progress: LinkProgress }) =>
      Promise.resolve({ ...link, progress, version: link.version + 1 }),
  } as unknown as LinkStore;
  const tools = {
    store,
    clock,
    events: createEvents(),
    sessions: { close: (_tenant: string, id: string) => Promise.resolve(void closed.push(id)) },
    sessionById: () => Promise.resolve(session && ({ id: "ss_1", provider: "KWIKID", progress: session } as Session)),
  } as unknown as LinkTools;
  return { clock, closed, settle: createSettle(tools, createLinkTransition(store, clock, tools.events)) };
}

const awaitingOtp = { phase: "AWAITING_OTP", otpExpiresAtMs: 0, attemptsLeft: 3, needsAccessToken: false } as const;
const underWay = { loginAtMs: 0, sessionId: "ss_1" };

describe("a link settles", () => {
  it("as CONNECTED when its session is READY", async () => {
    const { progress } = await placeWith({ phase: "READY" }).settle(linkIn(underWay));
    expect(progress.state).toBe("CONNECTED");
  });

  it("with one refusal more when the portal has refused the password", async () => {
    const failed = { phase: "FAILED", problem: { code: "INVALID_CREDENTIALS" } } as const;
    const { progress } = await placeWith(failed).settle(linkIn(underWay));
    expect(progress).toMatchObject({ state: "CONSENTED", refusals: 1, problem: { code: "INVALID_CREDENTIALS" } });
    expect(progress.loginAtMs).toBeUndefined();
  });

  it("as it is while its session is under way", async () => {
    const link = linkIn(underWay);
    expect(await placeWith(awaitingOtp).settle(link)).toBe(link);
  });

  it("by asking again where a login was lost before it had a session", async () => {
    const place = placeWith(undefined);
    const link = linkIn({ loginAtMs: 0 });
    place.clock.advance(minuteMs - 1);
    expect(await place.settle(link)).toBe(link);
    place.clock.advance(1);
    expect((await place.settle(link)).progress).toMatchObject({ state: "CONSENTED", problem: { code: "INTERNAL" } });
  });

  it("as EXPIRED when its time is over, and closes a login that awaits the taxpayer", async () => {
    const place = placeWith(awaitingOtp);
    place.clock.advance(30 * minuteMs);
    expect((await place.settle(linkIn(underWay))).progress.state).toBe("EXPIRED");
    expect(place.closed).toEqual(["ss_1"]);
  });

  it("with a failure of the provider that wants an access token, which no taxpayer has", async () => {
    const place = placeWith({ ...awaitingOtp, needsAccessToken: true });
    const { progress } = await place.settle(linkIn(underWay));
    expect(progress).toMatchObject({ state: "CONSENTED", problem: { code: "PROVIDER_BAD_RESPONSE" } });
    expect(place.closed).toEqual(["ss_1"]);
  });

  it("not as EXPIRED while the provider reads: that login is the taxpayer's, and in time", async () => {
    const place = placeWith({ phase: "READING", tries: 0, documents: [], incomeYears: [], hasAnswers: false });
    place.clock.advance(31 * minuteMs);
    expect((await place.settle(linkIn(underWay))).progress.state).toBe("CONSENTED");
  });
});

describe("a failed login", () => {
  it.each([
    ["INVALID_CREDENTIALS", {}, { isOver: false, refusals: 1 }],
    ["INVALID_CREDENTIALS", { refusals: 2 }, { isOver: true, refusals: 3 }],
    ["PAN_NOT_FOUND", {}, { isOver: false, refusals: 1 }],
    ["ACCOUNT_LOCKED", {}, { isOver: true, refusals: 0 }],
    ["PORTAL_UNAVAILABLE", {}, { isOver: false, refusals: 0 }],
    ["PROVIDER_UNAVAILABLE", {}, { isOver: false, refusals: 0 }],
    ["PROVIDER_UNAVAILABLE", { logins: 8 }, { isOver: true, refusals: 0 }],
    ["CONSENT_EXPIRED", {}, { isOver: true, refusals: 0 }],
  ] as const)("with %s (%j) means %j", (code, progress, meaning) => {
    expect(judgeFailure(linkIn(progress), code)).toEqual(meaning);
  });

  it("of a PAN that the caller has given, and nobody knows, is the end", () => {
    expect(judgeFailure({ ...linkIn({}), isPanGiven: true }, "PAN_NOT_FOUND").isOver).toBe(true);
  });
});
