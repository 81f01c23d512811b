import { instantAt, indianDayAt } from "../domain";
import type { SimulatedReply, SimulatedRequest } from "../providers";
import type { JumpingClock } from "./clock";
import { type FaultBoard, readFaultOrder } from "./faults";
import { cast, personasOn } from "./personas";
import { personaList } from "./personaTable";
import type { FakePhone } from "./phone";

interface Controls {
  readonly clock: JumpingClock;
  readonly phone: FakePhone;
  readonly faults: FaultBoard;
}

type Control = (request: SimulatedRequest, controls: Controls) => SimulatedReply;

const controls: Readonly<Record<string, Control>> = {
  "GET /faults": (_request, { faults }) => ok({ faults: faults.list() }),
  "POST /faults": (request, { faults }) => {
    const order = readFaultOrder(readJson(request.body));
    return typeof order === "string" ? wrong(order) : { status: 201, body: faults.post(order) };
  },
  "DELETE /faults": ({ query }, { faults }) => {
    const id = query.get("id");
    faults.remove(id === null ? undefined : Number(id));
    return { status: 204 };
  },
  "GET /clock": (_request, { clock }) => ok(timeOf(clock)),
  "POST /clock": (request, { clock }) => {
    const { advanceMs, to } = readJson(request.body);
    if (typeof advanceMs === "number" && isSafe(clock.now() + advanceMs)) clock.jumpBy(advanceMs);
    else if (typeof to === "string" && isSafe(Date.parse(to))) clock.jumpTo(Date.parse(to));
    else return wrong("Send advanceMs, a number of milliseconds, or to, an instant such as 2027-04-01T00:00:00+05:30.");
    return ok(timeOf(clock));
  },
  "GET /phone": (_request, { phone }) => phone.page(),
  "GET /phone.json": ({ query }, { phone }) => ok({ messages: phone.messages(query.get("pan") ?? undefined) }),
  "GET /personas": (_request, { clock }) => ok({ personas: listOf(clock) }),
  "GET /personas.txt": () => ({ status: 200, headers: plainText, body: personaList() }),
};

const plainText = { "content-type": "text/plain; charset=utf-8" };

/** The sandbox's own endpoints, under /__sandbox. Only this machine may use them. */
export function control(request: SimulatedRequest, own: Controls): SimulatedReply {
  // The port is open on loopback only. A foreign page could still reach it by DNS rebinding, under its own host name.
  const host = String(request.headers.host).replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]"].includes(host)) return { status: 403, body: { message: "Loopback only." } };
  const answer = controls[`${request.method} ${request.path}`];
  return answer
    ? answer(request, own)
    : { status: 404, body: { message: "No such control.", known: Object.keys(controls) } };
}

function listOf(clock: JumpingClock) {
  const asSeenByPan = new Map(cast.map(({ facts, asSeenBy }) => [facts.pan, Object.keys(asSeenBy ?? {})]));
  return personasOn(indianDayAt(clock.now())).map(({ pan, title, password, portal, profile, filings }) => ({
    pan,
    title,
    name: profile.name,
    password,
    portal,
    filings: filings.length,
    seenDifferentlyBy: asSeenByPan.get(pan) ?? [],
  }));
}

function timeOf(clock: JumpingClock) {
  return { now: instantAt(clock.now()), today: indianDayAt(clock.now()), aheadMs: clock.aheadMs };
}

/** The service knows the years from 2000 to 2099. */
function isSafe(ms: number): boolean {
  return ms >= Date.UTC(2000, 0, 1) && ms < Date.UTC(2100, 0, 1);
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function ok(body: unknown): SimulatedReply {
  return { status: 200, body };
}

function wrong(message: string): SimulatedReply {
  return { status: 400, body: { message } };
}
