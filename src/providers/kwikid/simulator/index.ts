import { writeItrJson } from "../../../department";
import { type Filing, incomeYearFromAssessmentYear } from "../../../domain";
import type { Persona } from "../../persona";
import { asObject, type JsonObject } from "../../replies";
import type { SimulatedReply, SimulatedRequest, SimulatedWorld, Simulator } from "../../provider";
import { paths } from "../contract";
import { tokenName } from "../credentials";
import { printSummary } from "../fixtures/flatSummary";
import { dataShapeOf, tokenWayOf } from "../fixtures/switches";
import { createPortal } from "./simulatedPortal";

/** Plays the taxpayer's own browser at the portal, and is no part of the vendor. */
export const accessTokenPath = "/__sim/kwikid/access-token";

const slowLoginMs = 8_000;
const skewMs = 60 * 60_000;

interface Call {
  readonly request: SimulatedRequest;
  readonly body: JsonObject;
  readonly pan: string;
  readonly nowMs: number;
}

export function simulateKwikid(world: SimulatedWorld): Simulator {
  const portal = createPortal(world);

  async function getOtp({ request, body, pan }: Call): Promise<SimulatedReply> {
    if (typeof body.password !== "string" || body.password === "") return invalid({ password: "required" });
    const persona = world.personaOf(pan);
    if (persona?.portal === "SLOW") await new Promise<void>((resolve) => world.clock.after(slowLoginMs, resolve));
    const refusal = refusedLogin(persona, body.password);
    if (refusal) return refusal;
    const accessToken = portal.open(pan);
    const sent = { otp_status: "OTP_SENT" };
    switch (tokenWayOf(pan, request)) {
      case "HEADER":
        return { status: 200, headers: { AccessToken: accessToken }, body: sent };
      case "BODY":
        return { status: 200, body: { ...sent, access_token: accessToken } };
      case "CONTROL":
        return { status: 200, body: sent };
    }
  }

  function getData({ request, body, pan, nowMs }: Call): SimulatedReply {
    const accessToken = request.headers.accesstoken;
    const isExpired = world.faultFor("get_data") === "EXPIRED_TOKEN";
    if (isExpired || typeof accessToken !== "string" || !portal.holds(pan, accessToken, nowMs)) return tokenRefused;
    if (!portal.isIn(pan, nowMs)) {
      if (typeof body.otp !== "string" || body.otp === "") return invalid({ otp: "required" });
      const verdict = portal.enter(pan, body.otp, nowMs);
      if (verdict !== "ACCEPTED") return invalid({}, otpRefusals[verdict]);
    }
    return itrData(request, pan, () => true);
  }

  function getDataOfYear({ request, body, pan, nowMs }: Call): SimulatedReply {
    const { accesstoken: accessToken } = request.headers;
    const isForeign = typeof accessToken === "string" && !portal.holds(pan, accessToken, nowMs);
    const isExpired = world.faultFor("get_data_by_assessment_year") === "EXPIRED_TOKEN";
    if (isExpired || isForeign || !portal.isIn(pan, nowMs)) return tokenRefused;
    const year = typeof body.year === "string" && /^\d{4}-\d{2}$/.test(body.year) ? body.year : "";
    const incomeYear = incomeYearFromAssessmentYear(year);
    if (incomeYear === undefined) return invalid({ year: "must be an assessment year such as 2024-25" });
    return itrData(request, pan, (filing) => filing.incomeYear === incomeYear);
  }

  function logout({ pan }: Call): SimulatedReply {
    portal.leave(pan);
    return { status: 200, body: { status: { logged_out: true } } };
  }

  function linkStatus({ body, pan }: Call): SimulatedReply {
    const { aadhar, consent = "Y" } = body;
    if (typeof aadhar !== "string" || aadhar.length !== 12) return invalid({ aadhar: "must have 12 characters" });
    if (consent !== "Y") return invalid({ consent: "must be Y" });
    const persona = world.personaOf(pan);
    if (persona?.portal === "SOURCE_DOWN")
      return { status: 500, body: { error: "Income tax portal is not responding" } };
    const linked = persona?.fullAadhaar === aadhar && persona.profile.aadhaarLink.linked === true;
    const message = `PAN is ${linked ? "" : "not "}linked with Aadhaar`;
    return { status: 200, body: { requestid: crypto.randomUUID(), result: { linked, message } } };
  }

  function itrData(request: SimulatedRequest, pan: string, isAsked: (filing: Filing) => boolean): SimulatedReply {
    const persona = world.personaOf(pan);
    const filing = persona?.filings.find(isAsked);
    if (!persona || !filing) return { status: 200, body: { itr_data: {} } };
    const isFile = dataShapeOf(pan, filing.form, request) === "FILE";
    return { status: 200, body: { itr_data: isFile ? writeItrJson(filing, persona) : printSummary(filing, persona) } };
  }

  const routeByPath = new Map<string, (call: Call) => SimulatedReply | Promise<SimulatedReply>>([
    [paths.getOtp, getOtp],
    [paths.getData, getData],
    [paths.getDataOfYear, getDataOfYear],
    [paths.logout, logout],
    [paths.linkStatus, linkStatus],
  ]);

  return (request) => {
    if (request.path === accessTokenPath) return tokenForTheCaller(portal.accessToken(request.query.get("pan") ?? ""));
    const route = routeByPath.get(request.path);
    if (!route) return { status: 404, body: { message: "Not Found" } };
    if (request.method !== "POST") return { status: 405, body: { message: "Method Not Allowed" } };
    const bearer = `Bearer ${world.credentials.read(tokenName)?.reveal() ?? ""}`;
    if (request.headers.authorization !== bearer) return unauthorized("Missing or invalid bearer token");
    const isJson = String(request.headers["content-type"]).startsWith("application/json");
    const body = isJson ? readBody(request.body) : undefined;
    if (!body) return invalid({ body: "must be a JSON object" });
    const { pan } = body;
    if (typeof pan !== "string" || !/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(pan)) return invalid({ pan: "must be a PAN" });
    const isSkewed = world.faultFor(request.path.split("/").at(-1) ?? "") === "CLOCK_SKEW";
    return route({ request, body, pan, nowMs: world.clock.now() + (isSkewed ? skewMs : 0) });
  };
}

function refusedLogin(persona: Persona | undefined, password: string): SimulatedReply | undefined {
  if (persona?.compliance === undefined) return invalid({}, "PAN is not registered on the income tax portal");
  const wrongPassword = invalid({ password: "Invalid login credentials" }, "Invalid credentials");
  switch (persona.portal) {
    case "LOCKED":
      return invalid({}, "Your account has been locked");
    case "WRONG_PASSWORD":
      return wrongPassword;
    case "SOURCE_DOWN":
      return { status: 500, body: { error: "Income tax portal is not responding" } };
    case "OPEN":
    case "SLOW":
    case "VAULT":
    case "OTP_NOT_SENT":
      if (password !== persona.password) return wrongPassword;
      if (persona.portal === "VAULT") return invalid({}, "e-Filing Vault is enabled: log in with net banking or DSC");
      return persona.portal === "OTP_NOT_SENT" ? { status: 200, body: { otp_status: "OTP_NOT_SENT" } } : undefined;
  }
}

const otpRefusals = { WRONG: "Invalid OTP", EXPIRED: "OTP expired", TOO_MANY: "OTP attempts exceeded" } as const;
const tokenRefused = unauthorized("Invalid or expired AccessToken");

function tokenForTheCaller(accessToken: string | undefined): SimulatedReply {
  return accessToken === undefined ? { status: 404 } : { status: 200, body: { access_token: accessToken } };
}

function invalid(detail: Readonly<Record<string, string>>, message = "Validation error"): SimulatedReply {
  return { status: 400, body: { detail, message } };
}

function unauthorized(message: string): SimulatedReply {
  return { status: 401, body: { detail: {}, message } };
}

function readBody(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
