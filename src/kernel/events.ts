import type { FaultCode } from "./fault";

/** All events that are counted or logged. No member may hold personal data or text from a caller. */
export interface EventFacts {
  "operation ended": {
    requestId: string;
    operationName: string | undefined;
    kind: "query" | "mutation" | "subscription" | "invalid";
    durationMs: number;
    faults: readonly string[];
  };
  "request refused": { requestId: string; code: FaultCode; httpStatus: number };
  "upstream called": { provider: string; operation: string; outcome: FaultCode | "OK"; durationMs: number };
  /** Whether a vendor has answered a call that counts for its health. */
  "call judged": { provider: string; hasAnswered: boolean; durationMs: number };
  "fields unknown": { provider: string; count: number };
  "flight shared": { provider: string };
  "answers held": { document: string; count: number };
  "session changed": { session: string; provider: string; move: string; state: string; code: FaultCode | undefined };
  "link changed": { link: string; move: string; state: string; code: FaultCode | undefined };
  "logout ended": { session: string; provider: string; outcome: "SENT" | "GIVEN_UP" };
  "pii revealed": { requestId: string; tenant: string; caller: string; field: string };
  /** `operation` is its shape: the names of fields and arguments. */
  "fault masked": { requestId: string | undefined; error: unknown; operation?: string | undefined };
  "service started": { address: string; mode: string; readyAfterMs: number };
  "service stopping": { reason: string };
  "service stopped": { graceful: boolean };
  /** One of several processes has ended, by a status or a signal, and is started again. */
  "worker ended": { worker: number; by: number | string; startsAgainInMs: number };
  /** Our own database is away. Sent once at the start and once at the end of an outage. `reason` is a PostgreSQL or Node code. */
  "store away": { reason: string };
  "store back": { afterMs: number };
  "audit appended": { durationMs: number };
  /** A tenant's trail ends earlier than this process knows, or goes on in another way: nothing is audited there. Or it is over. */
  "audit set back": { tenant: string; isOver: boolean };
  /** No synchronous standby answers: what is acknowledged now may be lost with this server. Or one answers again. */
  "replication seen": { isReplicated: boolean };
  "webhook attempted": { outcome: "DELIVERED" | "FAILED" | "GONE" | "PUT_OFF" };
  /** The receiver is gone (410), or has failed for days: nothing more is sent there. */
  "webhook disabled": { tenant: string; endpoint: string; isGone: boolean };
  "background failed": { what: string; error: unknown };
}

export type EventName = keyof EventFacts;

export interface Events {
  emit<Name extends EventName>(name: Name, facts: EventFacts[Name]): void;
  on<Name extends EventName>(name: Name, listener: (facts: EventFacts[Name]) => void): void;
}

export function createEvents(): Events {
  const listeners = new Map<EventName, ((facts: never) => void)[]>();
  return {
    emit(name, facts) {
      for (const listener of listeners.get(name) ?? []) listener(facts as never);
    },
    on(name, listener) {
      const known = listeners.get(name);
      if (known) known.push(listener);
      else listeners.set(name, [listener]);
    },
  };
}
