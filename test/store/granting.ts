import { createEvents } from "../../src/kernel/events";
import { randomBytes } from "node:crypto";
import type { ConsentTerms } from "../../src/domain/consent";
import type { IncomeYear } from "../../src/domain/taxPeriod";
import type { Secret } from "../../src/kernel/secret";
import type { Opening } from "../../src/sessions/ports";
import type { Session } from "../../src/sessions/session";
import { insertConsent } from "../../src/store/taxpayers/consentRows";
import type { NewConsent } from "../../src/store/taxpayers/receipts";
import { type Database, openDatabase } from "../../src/store/database";
import { type Keyring, openKeyring } from "../../src/store/keys/keyring";
import { masterKeysOf } from "../../src/store/keys/masterKeys";
import type { Store } from "../../src/store/store";
import { subjectForOpening } from "../../src/store/taxpayers/subjects";
import { taxpayerIdOf } from "../../src/domain/identifiers";
import { dayMs, masterKey, pan, startMs } from "./storePlace";

/** What the store's own parts work with, beside a store that is open. */
export async function insideOf(url: Secret): Promise<AsyncDisposable & { database: Database; keyring: Keyring }> {
  const database = await openDatabase({ url, events: createEvents() });
  const keyring = await openKeyring(database, masterKeysOf(masterKey, []));
  return { database, keyring, [Symbol.asyncDispose]: () => database.close() };
}

export function terms(changes: Partial<ConsentTerms> = {}): ConsentTerms {
  return {
    purpose: "KYC",
    reference: undefined,
    startsAtMs: startMs,
    expiresAtMs: startMs + 30 * dayMs,
    dataLifeDays: 90,
    mostFetches: undefined,
    ...changes,
  };
}

interface Grant extends Partial<Pick<NewConsent, "tenant" | "documents" | "incomeYears" | "nowMs">> {
  readonly terms?: Partial<ConsentTerms>;
  readonly number?: number;
}

/** A consent as an opening gives it, without the session. */
export async function grant(
  url: Secret,
  { tenant = "lender", number = 1, nowMs = startMs, terms: changes = {}, ...reach }: Grant = {},
): Promise<{ readonly consentId: string; readonly taxpayerId: string }> {
  await using inside = await insideOf(url);
  const { database, keyring } = inside;
  const consentId = `cn_${randomBytes(16).toString("base64url")}`;
  // Awaited here, so that the connection is not closed before.
  return await database.transaction(async (queries) => {
    const subject = await subjectForOpening(queries, keyring, { tenant, pan: pan(number), nowMs });
    await insertConsent(queries, keyring, subject.key, {
      tenant,
      subjectId: subject.id,
      consentId,
      terms: terms(changes),
      documents: ["FILINGS"],
      incomeYears: [2024 as IncomeYear],
      nowMs,
      ...reach,
    });
    return { consentId, taxpayerId: taxpayerIdOf(subject.id) };
  });
}

/** A session that is live, under a consent of its own. */
export async function openSession(store: Store, changes: Partial<Opening> = {}): Promise<Session> {
  const opened = await store.sessions.open({
    tenant: "lender",
    pan: pan(1),
    provider: "KWIKID",
    isAlone: false,
    documents: ["FILINGS"],
    incomeYears: [],
    consent: terms(),
    idempotencyKey: "first",
    request: "{}",
    nowMs: startMs,
    dueAtMs: startMs + dayMs,
    expiresAtMs: startMs + dayMs,
    ...changes,
  });
  if (opened.outcome !== "OPENED") throw new Error(opened.outcome);
  return opened.session;
}
