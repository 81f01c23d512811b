import { pino, type DestinationStream } from "pino";
import type { Events } from "../kernel";

/** Events that are logged as they are. */
const plainEvents = [
  "operation ended",
  "request refused",
  "upstream called",
  "session changed",
  "link changed",
  "logout ended",
  "pii revealed",
  "service started",
  "service stopping",
  "service stopped",
] as const;

/** Logs one JSON line per event, with the process it comes from where there are several. An error is logged by its name and stack only: its message may quote data. */
export function logEvents(events: Events, destination: DestinationStream, pid?: number): void {
  const log = pino({ base: pid === undefined ? null : { pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  for (const name of plainEvents) {
    events.on(name, (facts) => {
      log.info(facts, name);
    });
  }
  events.on("fault masked", ({ requestId, error, operation }) => {
    log.error({ requestId, operation, error: describe(error) }, "fault masked");
  });
  events.on("store away", (facts) => {
    log.error(facts, "store away");
  });
  events.on("store back", (facts) => {
    log.info(facts, "store back");
  });
  events.on("replication seen", (facts) => {
    log[facts.isReplicated ? "info" : "warn"](facts, "replication seen");
  });
  events.on("audit set back", (facts) => {
    log[facts.isOver ? "info" : "error"](facts, "audit set back");
  });
  events.on("worker ended", (facts) => {
    log.error(facts, "worker ended");
  });
  events.on("webhook disabled", (facts) => {
    log.warn(facts, "webhook disabled");
  });
  events.on("background failed", ({ what, error }) => {
    log.warn({ what, error: describe(error) }, "background failed");
  });
}

function describe(thrown: unknown): { name: string; code?: string; at: string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] };
  const at = (thrown.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  const code = (thrown as { code?: unknown }).code;
  const cause = thrown.cause === undefined ? {} : { cause: describe(thrown.cause) };
  return { name: thrown.name, ...(typeof code === "string" && { code }), at, ...cause };
}

const mostDelayMs = 20;

/** Of several writers to one pipe, writes up to this size do not mix (PIPE_BUF). */
export const unmixedBytes = 4_096;

/** Writes the lines of a moment in one write: a write for each would cost more than answering a small query. */
export function linesTogether(write: (text: string) => void, mostBytes = Infinity): (line: string) => undefined {
  let lines: string[] = [];
  const flush = () => {
    let text = "";
    for (const line of lines) {
      if (text !== "" && Buffer.byteLength(text) + Buffer.byteLength(line) > mostBytes) {
        write(text);
        text = "";
      }
      text += line;
    }
    lines = [];
    if (text !== "") write(text);
  };
  // The last lines before the process ends matter most.
  process.once("exit", flush);
  return (line) => {
    lines.push(line);
    if (lines.length === 1) setTimeout(flush, mostDelayMs).unref();
    return undefined;
  };
}
