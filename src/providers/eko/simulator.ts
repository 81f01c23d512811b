import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../../kernel/clock";
import type { Credentials, SimulatedReply, SimulatedRequest, Simulator } from "../provider";
import { compliancePath } from "./client";
import { accessKeyName, developerKeyName, initiatorIdName, secretKey } from "./credentials";
import { scenarioOf } from "./fixtures/scenarios";

/** The tolerance is not published; five minutes is what the vendor's own diagnosis tool assumes. */
const clockToleranceMs = 5 * 60_000;

export function simulateEko({ clock, credentials }: { clock: Clock; credentials: Credentials }): Simulator {
  const credential = (name: string) => credentials.read(name)?.reveal() ?? "";

  function isSigned({ headers }: SimulatedRequest): boolean {
    const timestamp = String(headers["secret-key-timestamp"]);
    if (!/^\d{13}$/.test(timestamp) || Math.abs(clock.now() - Number(timestamp)) > clockToleranceMs) return false;
    return (
      headers.developer_key === credential(developerKeyName) &&
      isSame(String(headers["secret-key"]), secretKey(credential(accessKeyName), timestamp))
    );
  }

  return (request) => {
    if (request.path !== compliancePath) return { status: 404, body: { status: 1, message: "No mock for this route" } };
    if (request.method !== "POST") return { status: 405 };
    if (!String(request.headers["content-type"]).startsWith("application/json")) return { status: 415 };
    if (!isSigned(request)) {
      return { status: 403, body: { status: 1, message: "Unauthorized: invalid secret-key or timestamp" } };
    }
    const body = readBody(request.body);
    if (body.initiator_id === undefined) return invalidParams({ initiator_id: "required" });
    if (body.initiator_id !== credential(initiatorIdName)) {
      return answer(200, { status: 319, response_status_id: 319, message: "Invalid initiator_id" });
    }
    const pan = body.pan_number;
    if (pan === undefined) {
      return answer(400, { status: 1, response_status_id: -1, message: "Bad request: pan_number is required" });
    }
    if (typeof pan !== "string" || !/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(pan)) {
      return answer(200, { status: 1, response_status_id: 1, message: "Invalid PAN number format" });
    }
    return aboutPan(pan, clock.now());
  };
}

function aboutPan(pan: string, nowMs: number): SimulatedReply {
  const scenario = scenarioOf(pan, nowMs);
  if (scenario === "NO_RECORD") {
    return answer(200, {
      status: 1,
      response_status_id: 463,
      message: "No ITR record found for the provided PAN number",
    });
  }
  if (scenario === "SOURCE_UNAVAILABLE") {
    return answer(200, { status: 1, response_status_id: 1, message: "Source unavailable. Please try again." });
  }
  const data = { pan_number: pan, ...scenario };
  return answer(200, { status: 0, response_status_id: 0, message: "ITR compliance check successful", data });
}

function answer(status: number, members: Record<string, unknown>): SimulatedReply {
  return { status, body: { ...members, response_type_id: 1388, data: members.data ?? {} } };
}

function invalidParams(invalid: Record<string, string>): SimulatedReply {
  return { status: 200, body: { status: 461, response_status_id: 1, response_type_id: -1, invalid_params: invalid } };
}

function readBody(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isSame(one: string, other: string): boolean {
  const [bytes, otherBytes] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length === otherBytes.length && timingSafeEqual(bytes, otherBytes);
}
