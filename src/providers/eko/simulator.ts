import { timingSafeEqual } from "node:crypto";
import { assessmentYearLabel } from "../../domain";
import type { Persona } from "../persona";
import type { SimulatedReply, SimulatedRequest, SimulatedWorld, Simulator } from "../provider";
import { compliancePath } from "./contract";
import { secretKey, settingNames } from "./credentials";
import { refusalForced, refuse } from "./fixtures/refusals";

/** The vendor publishes no tolerance. Its own diagnosis tool assumes five minutes. */
const clockToleranceMs = 5 * 60_000;
const skewMs = 60 * 60_000;

export function simulateEko(world: SimulatedWorld): Simulator {
  const { credentials } = world;
  const credential = (name: string) => credentials.read(name)?.reveal() ?? "";

  function isSigned({ headers }: SimulatedRequest, nowMs: number): boolean {
    const timestamp = String(headers["secret-key-timestamp"]);
    if (!/^\d{13}$/.test(timestamp) || Math.abs(nowMs - Number(timestamp)) > clockToleranceMs) return false;
    return (
      headers.developer_key === credential(settingNames.developerKey) &&
      isSame(String(headers["secret-key"]), secretKey(credential(settingNames.accessKey), timestamp))
    );
  }

  return (request) => {
    if (request.path !== compliancePath) return { status: 404, body: { status: 1, message: "No mock for this route" } };
    if (request.method !== "POST") return { status: 405 };
    if (!String(request.headers["content-type"]).startsWith("application/json")) return { status: 415 };
    const nowMs = world.clock.now() + (world.faultFor(compliancePath) === "CLOCK_SKEW" ? skewMs : 0);
    if (!isSigned(request, nowMs)) {
      const headers = { date: new Date(nowMs).toUTCString() };
      return { status: 403, headers, body: { status: 1, message: "Unauthorized: invalid secret-key or timestamp" } };
    }
    const body = readBody(request.body);
    if (body.initiator_id === undefined) return invalidParams({ initiator_id: "required" });
    if (body.initiator_id !== credential(settingNames.initiatorId)) {
      return refuse("UNKNOWN_INITIATOR");
    }
    const forced = refusalForced(request.query.get("eps_scenario"));
    if (forced) return forced;
    const pan = body.pan_number;
    if (pan === undefined) return refuse("NO_PAN");
    if (typeof pan !== "string" || !/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(pan)) return refuse("BAD_PAN");
    return aboutPan(pan, world.personaOf(pan));
  };
}

function aboutPan(pan: string, persona: Persona | undefined): SimulatedReply {
  if (persona?.portal === "SOURCE_DOWN") return refuse("SOURCE_DOWN");
  if (persona?.compliance === undefined) return refuse("NO_RECORD");
  const { itrFiled, incomeYear, standingLabel, filingStatusLabel, filedOn, acknowledgementNumber } = persona.compliance;
  const data = {
    pan_number: pan,
    itr_filed: itrFiled,
    ...(incomeYear !== undefined && { assessment_year: assessmentYearLabel(incomeYear) }),
    compliance_status: standingLabel,
    ...(filingStatusLabel !== undefined && { filing_status: filingStatusLabel }),
    ...(filedOn !== undefined && { filing_date: filedOn }),
    ...(acknowledgementNumber !== undefined && { acknowledgement_number: acknowledgementNumber }),
  };
  const message = "ITR compliance check successful";
  return { status: 200, body: { status: 0, response_status_id: 0, message, response_type_id: 1388, data } };
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
