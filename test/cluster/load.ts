import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { createAsk, type Ask, type Attempt } from "./callers";
import type { Services } from "./services";
import { vendors, type StandIns } from "./standIns";

/** What one caller has asked for one person, and what the services have acknowledged of it. */
export interface Journey {
  readonly pan: string;
  readonly provider: (typeof vendors)[number];
  readonly askedAtMs: number;
  /** Every service that was asked to open the session. */
  readonly openers: Set<number>;
  /** One key names one session: a second id is a second session. */
  readonly sessionIds: Set<string>;
  consentId?: string;
  /** The last state that a caller has seen. */
  state?: string;
  readonly acknowledged: { closed?: true; revoked?: true; receiptId?: string };
  /** What a service has refused that it must not refuse. */
  refusal?: string;
}

export interface Load {
  readonly journeys: readonly Journey[];
  readonly attempts: readonly Attempt[];
  /** Opens no more sessions, and waits until those that are open are where their callers want them. */
  stop(withinMs: number): Promise<void>;
}

const callers = 18;
const pauseMs = 600;
const retryMs = 400;
const hourMs = 3_600_000;
let nextNumber = 0;

/** Callers who open sessions, follow them, read, and end them; who ask again, of the other service, what has failed. */
export function startLoad(services: Services, standIns: StandIns): Load {
  const journeys: Journey[] = [];
  const attempts: Attempt[] = [];
  const ask = createAsk(services, (attempt) => attempts.push(attempt));
  const leaving = new AbortController();
  let isOver = false;

  async function call(at: number): Promise<void> {
    await wait((at * 2_500) / callers);
    while (!isOver) {
      const journey = newJourney();
      journeys.push(journey);
      try {
        await travel(journey, { ask, standIns, signal: leaving.signal });
      } catch (error) {
        if (!leaving.signal.aborted) journey.refusal = String(error);
      }
    }
  }

  const calling = Promise.all(Array.from({ length: callers }, (_, at) => call(at)));
  return {
    journeys,
    attempts,
    async stop(withinMs) {
      isOver = true;
      const patience = wait(withinMs, undefined, { signal: leaving.signal }).catch(() => undefined);
      await Promise.race([calling, patience]);
      leaving.abort();
      await calling;
    },
  };
}

function newJourney(): Journey {
  const number = nextNumber++;
  const letter = String.fromCharCode(65 + (Math.floor(number / 10_000) % 26));
  return {
    pan: `ZZZP${letter}${String(number % 10_000).padStart(4, "0")}Q`,
    provider: vendors[number % 3 === 0 ? 1 : 0],
    askedAtMs: Date.now(),
    openers: new Set(),
    sessionIds: new Set(),
    acknowledged: {},
  };
}

interface Surroundings {
  readonly ask: Ask;
  readonly standIns: StandIns;
  readonly signal: AbortSignal;
}

/** What may pass by itself. Anything else is an answer. */
const passing = new Set(["STORE_UNAVAILABLE", "INTERNAL", "REFUSED", "RESET", "NO_ANSWER"]);

async function travel(journey: Journey, { ask, standIns, signal }: Surroundings): Promise<void> {
  const number = Number(journey.pan.slice(5, 9));
  let service = number % 2;

  /** Asks until there is an answer, of one service and of the other. */
  async function insist(operation: Parameters<Ask>[1], variables: object) {
    for (;;) {
      signal.throwIfAborted();
      const answered = await ask(service, operation, variables);
      if (!passing.has(answered.outcome) && !answered.outcome.startsWith("BROKEN")) return answered;
      service = 1 - service;
      await wait(retryMs, undefined, { signal });
    }
  }

  async function follow(id: string): Promise<string> {
    for (;;) {
      const { payload, outcome } = await insist("session", { id });
      if (!payload) throw new Error(`a session answers ${outcome}`);
      const state = String(payload.state);
      journey.state = state;
      if (!["OPENING", "AWAITING_OTP", "PROCESSING"].includes(state)) return state;
      const otp = state === "AWAITING_OTP" ? standIns.otpOf(journey.pan) : undefined;
      // An answer that got lost may have done its work, so that the session itself is asked again.
      if (otp !== undefined) await ask(service, "submitOtp", { input: { sessionId: id, otp } });
      await wait(pauseMs, undefined, { signal });
    }
  }

  const input = openInput(journey);
  const open = async () => {
    journey.openers.add(service);
    const { outcome, payload } = await insist("openSession", { input });
    journey.openers.add(service);
    const { session } = (payload ?? {}) as { session?: { id: string; consent: { id: string } } };
    if (!session) throw new Error(`openSession answers ${outcome}`);
    journey.sessionIds.add(session.id);
    journey.consentId = session.consent.id;
    return session.id;
  };
  const askAgain = async () => {
    const other = 1 - service;
    journey.openers.add(other);
    const { payload } = await ask(other, "openSession", { input });
    const also = (payload?.session as { id: string } | undefined)?.id;
    if (also === undefined) return;
    journey.sessionIds.add(also);
    if (number % 10 === 5) await close(also);
  };
  const close = async (sessionId: string) => {
    if ((await insist("closeSession", { input: { sessionId } })).outcome === "OK") journey.acknowledged.closed = true;
  };
  // Some callers are impatient and ask both services at once; some of them think better of it, in the middle of the login.
  const [id] = await Promise.all([open(), number % 5 === 0 ? askAgain() : undefined]);
  if ((await follow(id)) !== "READY") return;
  await insist("taxpayer", { pan: journey.pan });
  await part(journey, number, insist);
}

/** Each fourth caller ends a session in another way, and some leave it open. */
async function part(
  { pan, consentId, sessionIds, acknowledged }: Journey,
  number: number,
  insist: (operation: Parameters<Ask>[1], variables: object) => ReturnType<Ask>,
): Promise<void> {
  const [sessionId] = sessionIds;
  switch (number % 4) {
    case 0:
      if ((await insist("closeSession", { input: { sessionId } })).outcome === "OK") acknowledged.closed = true;
      return;
    case 1:
      if ((await insist("revokeConsent", { input: { consentId } })).outcome === "OK") acknowledged.revoked = true;
      return;
    case 2: {
      const { payload } = await insist("eraseTaxpayer", { input: { pan, reason: "asked for" } });
      const receipt = payload?.receipt as { id: string } | undefined;
      if (receipt) acknowledged.receiptId = receipt.id;
    }
  }
}

function openInput({ pan, provider }: Journey) {
  return {
    pan,
    password: `Sandbox@${pan.slice(5, 9)}`,
    provider,
    documents: ["FILINGS"],
    years: 2,
    consent: {
      purpose: "CREDIT_UNDERWRITING",
      startsAt: new Date(Date.now() - hourMs).toISOString(),
      expiresAt: new Date(Date.now() + 24 * hourMs).toISOString(),
      dataLifeDays: 30,
    },
    idempotencyKey: randomUUID(),
  };
}
