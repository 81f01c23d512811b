import { asFault, type Clock, type Events, pause } from "../kernel";
import { idsOf, messageOf } from "./message";
import type { Attempt, AttemptResult, DeliveryQueue, DocumentAnswer, Documents, EndpointPlace, Sender } from "./ports";
import { nextAttemptAtMs } from "./schedule";

interface DeliveryTools {
  readonly queue: DeliveryQueue;
  readonly sender: Pick<Sender, "post">;
  readonly documents: Pick<Documents, "run">;
  readonly clock: Clock;
  /** For signatures: receivers judge their age by the real time, also where a sandbox plays another day. */
  readonly realClock: Pick<Clock, "now">;
  readonly events: Events;
}

interface Deliveries {
  /** Takes no more, and waits a little for attempts under way. Another process makes what is cut off again. */
  stop(): Promise<void>;
}

/** What this process does for one endpoint. */
interface InHand {
  readonly underWay: Set<Promise<void>>;
  isClaiming: boolean;
}

const lookEveryMs = 250;
/** So many looks between two searches for claims of the dead. */
const looksBetween = 8;
/** Of one endpoint, in each process. A receiver that hangs holds up no other. */
const atOnce = 16;
/** So that one claim serves several. */
const leastFree = 4;
const answerMs = 10_000;
/** Longer than a document may run, an answer may take and its outcome may be written. */
const claimMs = 60_000;
const writeAgainMs = 500;
const putOffMs = 5_000;
const failingMs = 5 * 24 * 3_600_000;
const stopMs = 3_000;

/** Sends what is due, in every process, until it is stopped. */
export function startDeliveries(tools: DeliveryTools): Deliveries {
  const { queue, sender, documents, clock, realClock, events } = tools;
  const inHand = new Map<string, InHand>();
  const stopping = new AbortController();
  let hasFailed = false;
  let cancelLook: () => void = () => undefined;
  let looking: Promise<void> = Promise.resolve();

  async function answerFor({ document, createdBy, event }: Attempt): Promise<DocumentAnswer> {
    return document === undefined ? idsOf(event) : documents.run(document, createdBy, event.id);
  }

  async function make(attempt: Attempt): Promise<AttemptResult> {
    let answer: DocumentAnswer;
    try {
      answer = await answerFor(attempt);
    } catch (thrown) {
      const restMs = (asFault(thrown).context.retryAfterSeconds ?? 0) * 1_000 || putOffMs;
      return { outcome: "PUT_OFF", nextAtMs: clock.now() + restMs };
    }
    const deadline = AbortSignal.any([AbortSignal.timeout(answerMs), stopping.signal]);
    const status = await sender
      .post(attempt.url, messageOf(attempt, answer, new Date(realClock.now())), deadline)
      .catch(() => undefined);
    if (status === undefined && stopping.signal.aborted) return { outcome: "PUT_OFF", nextAtMs: clock.now() };
    if (status !== undefined && status >= 200 && status < 300) return { outcome: "DELIVERED", status };
    if (status === 410) return { outcome: "GONE", status };
    return { outcome: "FAILED", status, nextAtMs: nextAttemptAtMs(attempt.number, clock.now()) };
  }

  /** A store that is away says nothing about the attempt. What is not written down is sent again. */
  async function finishSurely(attempt: Attempt, result: AttemptResult, untilMs: number) {
    for (;;) {
      const nowMs = clock.now();
      try {
        return await queue.finish(attempt, result, { nowMs, failingBeforeMs: nowMs - failingMs });
      } catch (error) {
        if (asFault(error).code !== "STORE_UNAVAILABLE" || isStopped() || nowMs >= untilMs) throw error;
        await pause(clock, writeAgainMs, stopping.signal);
      }
    }
  }

  async function makeAndFinish(attempt: Attempt): Promise<void> {
    const claimedUntilMs = clock.now() + claimMs;
    const result = await make(attempt);
    const { isDisabled } = await finishSurely(attempt, result, claimedUntilMs);
    const { tenant, endpointId: endpoint } = attempt;
    events.emit("webhook attempted", { outcome: result.outcome });
    if (isDisabled) events.emit("webhook disabled", { tenant, endpoint, isGone: result.outcome === "GONE" });
  }

  function report(error: unknown): void {
    if (!hasFailed && asFault(error).code !== "STORE_UNAVAILABLE") {
      events.emit("background failed", { what: "delivering events", error });
    }
    hasFailed = true;
  }

  /** Goes on with an endpoint as its attempts come back, without waiting for the next look. */
  async function serve(place: EndpointPlace): Promise<void> {
    const key = `${place.endpointId} ${place.tenant}`;
    const own = inHand.get(key) ?? { underWay: new Set(), isClaiming: false };
    const free = atOnce - own.underWay.size;
    if (own.isClaiming || free < leastFree || isStopped()) return;
    inHand.set(key, own);
    own.isClaiming = true;
    try {
      const nowMs = clock.now();
      const attempts = await queue.claim(place, { nowMs, untilMs: nowMs + claimMs, most: free });
      for (const attempt of attempts) start(attempt, own, () => serve(place));
    } finally {
      own.isClaiming = false;
      if (own.underWay.size === 0) inHand.delete(key);
    }
  }

  function start(attempt: Attempt, { underWay }: InHand, goOn: () => Promise<void>): void {
    const done = makeAndFinish(attempt)
      .catch(report)
      .finally(() => {
        underWay.delete(done);
        goOn().catch(report);
      });
    underWay.add(done);
  }

  let hasStopped = false;
  const isStopped = () => hasStopped;

  let looks = 0;
  async function look(): Promise<void> {
    try {
      looks += 1;
      if (looks % looksBetween === 0) await queue.freeClaims();
      await Promise.all((await queue.due(clock.now())).map(serve));
      hasFailed = false;
    } catch (error) {
      report(error);
    }
  }

  function lookLater(): void {
    cancelLook = clock.after(lookEveryMs, () => {
      looking = look().finally(() => {
        if (!isStopped()) lookLater();
      });
    });
  }
  lookLater();

  return {
    async stop() {
      hasStopped = true;
      cancelLook();
      await looking;
      const all = () => Promise.all([...inHand.values()].flatMap(({ underWay }) => [...underWay]));
      const cut = setTimeout(() => {
        stopping.abort();
      }, stopMs);
      await all();
      clearTimeout(cut);
    },
  };
}
