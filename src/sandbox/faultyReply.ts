import type { ServerResponse } from "node:http";
import type { Clock } from "../kernel";
import type { SimulatedReply } from "../providers";
import type { ReplyFault, SandboxFault } from "./faults";
import { bytesOf, sendReply } from "./reply";

const maintenancePage = "<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>";
const failureWith200 = { status: 1, success: false, message: "Source unavailable. Please try again." };

/** Sends what the simulator says, with this gone wrong. */
export async function sendFaulty(
  response: ServerResponse,
  fault: SandboxFault & { readonly fault: ReplyFault },
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
