import { randomBytes } from "node:crypto";
import type { CallLimit, SimulatedReply, SimulatedRequest, SimulatedWorld } from "../../provider";
import { tokenLifeMs } from "../contract";
import { settingNames } from "../credentials";
import { refusal } from "../fixtures/refused";

const { detail, missing } = refusal;

const hourMs = 3_600_000;

/** Issues access tokens, and checks the token of each request. */
interface SimulatedAccess {
  authorize(request: SimulatedRequest): SimulatedReply;
  /** Undefined where the request is allowed. */
  refusal(request: SimulatedRequest, operation: string): SimulatedReply | undefined;
}

export function simulateAccess(world: SimulatedWorld, rateLimits: readonly CallLimit[]): SimulatedAccess {
  const expiryByToken = new Map<string, number>();
  let callTimes: number[] = [];
  const setting = (name: string) => world.credentials.read(name)?.reveal();

  function isOverLimit(nowMs: number): boolean {
    const longestMs = Math.max(0, ...rateLimits.map(({ windowMs }) => windowMs));
    callTimes = callTimes.filter((time) => time > nowMs - longestMs);
    const isOver = rateLimits.some(
      ({ windowMs, mostCalls }) => callTimes.filter((time) => time > nowMs - windowMs).length >= mostCalls,
    );
    if (!isOver) callTimes.push(nowMs);
    return isOver;
  }

  return {
    authorize(request) {
      const form = readForm(request);
      const [clientId, clientSecret] = [form.get("client_id"), form.get("client_secret")];
      if (clientId === null) return missing("body", "client_id");
      if (clientSecret === null) return missing("body", "client_secret");
      if (clientId !== setting(settingNames.clientId) || clientSecret !== setting(settingNames.clientSecret)) {
        return detail(401, "Incorrect client_id or client_secret");
      }
      const token = [24, 48, 32].map((bytes) => randomBytes(bytes).toString("base64url")).join(".");
      const expiresAtMs = world.clock.now() + tokenLifeMs;
      expiryByToken.set(token, expiresAtMs);
      const skewMs = world.faultFor("authorize") === "CLOCK_SKEW" ? hourMs : 0;
      const expiry = new Date(expiresAtMs + skewMs).toISOString().replace(/\.\d+/, "");
      return { status: 200, body: { access_token: token, token_type: "bearer", expiry } };
    },
    refusal({ headers }, operation) {
      const token = /^Bearer (.+)$/.exec(String(headers.authorization))?.[1];
      if (token === undefined) return detail(401, "Not authenticated");
      const expiresAtMs = expiryByToken.get(token);
      if (expiresAtMs === undefined) return detail(403, "Not a valid token");
      const nowMs = world.clock.now();
      if (nowMs >= expiresAtMs || world.faultFor(operation) === "EXPIRED_TOKEN") {
        return detail(401, "Could not validate credentials");
      }
      if (headers["x-api-key"] !== setting(settingNames.clientSecret)) {
        return detail(401, "Invalid client_id or client_secret, access Denied");
      }
      return isOverLimit(nowMs) ? detail(429, "Rate limit exceeded. Please retry after some time.") : undefined;
    },
  };
}

/** The vendor's newer page sends a multipart form, its older page a URL-encoded one. Both are accepted. */
function readForm({ headers, body }: SimulatedRequest): URLSearchParams {
  const contentType = String(headers["content-type"]);
  if (contentType.startsWith("application/x-www-form-urlencoded")) return new URLSearchParams(body);
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(contentType)?.[1];
  const parts = boundary === undefined ? [] : body.split(`--${boundary}`);
  const form = new URLSearchParams();
  for (const part of parts) {
    const [, name, value] = /^\r\n[^]*?name="([^"]*)"[^]*?\r\n\r\n([^]*)\r\n$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) form.set(name, value);
  }
  return form;
}
