import { DatabaseError } from "pg";
import { type Events, Fault } from "../kernel";

/** What PostgreSQL says when it stops, starts, has no connection left, or is no longer the one that may be written to. */
const awayCodes = /^(57P0[1-5]|53300|25006|25P03|08...|58000|XX001)$/;
/** What Node says of a connection that breaks, or cannot be made. */
const networkCodes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENOTFOUND"],
  ...["EAI_AGAIN", "ECONNABORTED", "ENETDOWN"],
]);
/** The driver and its pool have no codes for these. */
const driverMessages =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|server login has been failing|query_wait_timeout|server conn crashed|pgbouncer|end on the pool/i;
/** Waits that PostgreSQL itself has ended: the connection is whole, and the same statement may succeed a little later. */
const patienceCodes = new Set(["55P03", "57014"]);

/** What an error says of the store: it is away, it is only too busy, or nothing (then the error is one of ours). */
type Judgement = "AWAY" | "BUSY" | undefined;

export function judgeStoreError(error: unknown): Judgement {
  // Not by its class: errors of Node's own may come from another realm than ours.
  if (typeof error !== "object" || error === null) return undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const message = "message" in error && typeof error.message === "string" ? error.message : "";
  if (patienceCodes.has(code)) return "BUSY";
  const isAway =
    awayCodes.test(code) ||
    networkCodes.has(code) ||
    (!(error instanceof DatabaseError && code !== "") && driverMessages.test(message)) ||
    (error instanceof DatabaseError && code === "08P01");
  return isAway ? "AWAY" : undefined;
}

const retryAfterSeconds = 2;
/** One connection may answer while others fail, so an outage is over once nothing has failed for this long. */
const quietMs = 1_000;

/** Counts outages, and turns the errors of one into STORE_UNAVAILABLE. */
interface Outage {
  readonly isUnderWay: boolean;
  /** The fault for an error of the store; any other error as it is. */
  faultOf(error: unknown): unknown;
  /** A statement has succeeded: an outage is over. */
  hasAnswered(): void;
}

export function createOutage(events: Events, now: () => number = () => performance.now()): Outage {
  let sinceMs: number | undefined;
  let failedAtMs = -Infinity;
  return {
    get isUnderWay() {
      return sinceMs !== undefined;
    },
    faultOf(error) {
      const judgement = judgeStoreError(error);
      if (judgement === undefined) return error;
      if (judgement === "AWAY") failedAtMs = now();
      if (judgement === "AWAY" && sinceMs === undefined) {
        sinceMs = failedAtMs;
        events.emit("store away", { reason: reasonOf(error) });
      }
      return new Fault("STORE_UNAVAILABLE", { retryAfterSeconds, cause: error });
    },
    hasAnswered() {
      if (sinceMs === undefined || now() - failedAtMs < quietMs) return;
      const afterMs = Math.round(now() - sinceMs);
      sinceMs = undefined;
      events.emit("store back", { afterMs });
    },
  };
}

function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && code !== "" ? code : "TIMEOUT";
}
