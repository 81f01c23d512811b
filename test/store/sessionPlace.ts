import type { Change, Opening, SessionStore } from "../../src/sessions/ports";
import type { Progress, Session } from "../../src/sessions/session";
import { Secret } from "../../src/kernel/secret";
import { type EmbeddedServer, startEmbedded } from "../../src/store/postgres/embedded";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import { dayMs, externalPlace, newDataDir, pan, startMs, type StorePlace } from "./storePlace";

export const hourMs = 3_600_000;

/** Databases of their own on one server, which lives as long as the tests of this file. */
export function placesOnOneServer(): () => Promise<StorePlace> {
  const dataDir = newDataDir();
  let server: EmbeddedServer;

  beforeAll(async () => {
    server = await startEmbedded({ dataDir: dataDir.path });
  });

  afterAll(async () => {
    await server.stop();
    await dataDir[Symbol.asyncDispose]();
  });

  return () => externalPlace(server.url);
}

export function opening(changes: Partial<Opening> = {}): Opening {
  return {
    tenant: "lender",
    pan: pan(1),
    provider: "KWIKID",
    isAlone: true,
    documents: ["FILINGS", "TAX_CREDITS"],
    incomeYears: [2024, 2023] as IncomeYear[],
    consent: {
      purpose: "CREDIT_UNDERWRITING",
      reference: undefined,
      startsAtMs: startMs,
      expiresAtMs: startMs + 30 * dayMs,
      dataLifeDays: 30,
      mostFetches: undefined,
    },
    idempotencyKey: "key-1",
    request: "a request",
    nowMs: startMs,
    dueAtMs: startMs + 300_000,
    expiresAtMs: startMs + hourMs,
    ...changes,
  };
}

let keys = 0;

/** A new session, asked for under a key of its own. */
export async function opened(
  { sessions }: { readonly sessions: SessionStore },
  changes: Partial<Opening> = {},
): Promise<Session> {
  const outcome = await sessions.open(opening({ idempotencyKey: `own-${(keys += 1)}`, ...changes }));
  if (outcome.outcome !== "OPENED") throw new Error(`not opened: ${outcome.outcome}`);
  return outcome.session;
}

export const ticket = new Secret("a ticket");

const awaitingOtp: Progress = {
  phase: "AWAITING_OTP",
  otpExpiresAtMs: startMs + 600_000,
  attemptsLeft: 3,
  needsAccessToken: false,
};

/** The one-time password is awaited, and nobody works on the session. */
export function change(changes: Partial<Change> = {}): Change {
  return {
    progress: awaitingOtp,
    state: "AWAITING_OTP",
    nowMs: startMs + 1_000,
    dueAtMs: startMs + hourMs,
    owner: "NOBODY",
    ...changes,
  };
}

export function ending(logout: "DUE" | "NONE", changes: Partial<Change> = {}): Change {
  return change({
    progress: { phase: "ENDED", reason: "CLOSED_BY_CALLER" },
    state: "ENDED",
    dueAtMs: undefined,
    logout,
    ...changes,
  });
}

/** Something to wait for. */
export function signal() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    given: promise,
    give: () => {
      resolve(undefined);
    },
  };
}
