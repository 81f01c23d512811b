import type { ServerResponse } from "node:http";
import type { Clock } from "../kernel";
import type { SimulatedReply } from "../providers";
import type { FaultBoard } from "./faults";

type FaultOfReply = NonNullable<ReturnType<FaultBoard["replyFault"]>>;

const maintenancePage = "<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>";
const failureWith200 = { status: 1, success: false, message: "Source unavailable. Please try again." };

export function sendReply(response: ServerResponse, { status, headers, body }: SimulatedReply): void {
  const bytes = bytesOf(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": String(bytes.length),
    ...headers,
  });
  response.end(bytes);
}

/** Sends the simulator's reply with this fault. */
export async function sendFaulty(
  response: ServerResponse,
  fault: FaultOfReply,
  simulate: () => Promise<SimulatedReply>,
  clock: Clock,
): Promise<void> {
  switch (fault.fault) {
    case "LATENCY":
      await pause(clock, fault.delayMs ?? 2_000);
      sendReply(response, await simulate());
      return;
    case "HANG":
      return;
    case "RESET":
      response.socket?.resetAndDestroy();
      return;
    case "STATUS":
      sendReply(response, { status: fault.status ?? 500, body: { message: "A fault of the sandbox" } });
      return;
    case "RATE_LIMIT": {
      const { retryAfterSeconds } = fault;
      const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
      sendReply(response, { status: 429, headers, body: { message: "Too many requests" } });
      return;
    }
    case "HTML":
      sendReply(response, { status: 200, headers: { "content-type": "text/html" }, body: maintenancePage });
      return;
    case "TRUNCATED": {
      const reply = await simulate();
      const bytes = bytesOf(reply.body);
      sendReply(response, { ...reply, body: bytes.subarray(0, Math.floor(bytes.length / 2)) });
      return;
    }
    case "FAILURE_WITH_200":
      sendReply(response, { status: 200, body: fault.body ?? failureWith200 });
      return;
    case "SLOW_DRIP":
      await drip(response, await simulate(), fault.delayMs ?? 250, clock);
  }
}

async function drip(response: ServerResponse, reply: SimulatedReply, delayMs: number, clock: Clock): Promise<void> {
  response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
  for (const byte of bytesOf(reply.body)) {
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
    await pause(clock, delayMs);
  }
  response.end();
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}

/** Bytes and strings are sent as they are, all else as JSON. */
export function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
