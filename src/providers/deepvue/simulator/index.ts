import { randomBytes, randomUUID } from "node:crypto";
import { writeAisJson } from "../../../department";
import { incomeYearFromFinancialYear, incomeYearLabel } from "../../../domain";
import type { Persona } from "../../persona";
import type { CallLimit, SimulatedReply, SimulatedRequest, SimulatedWorld, Simulator } from "../../provider";
import { textOf } from "../../replies";
import {
  isJsonRequest,
  membersOfBody,
  createSimulatedJobs,
  refusalAtPortal,
  type PortalRefusal,
} from "../../simulatorKit";
import { paths } from "../contract";
import { printedReturns, printedStatements } from "../fixtures/printed";
import { refusal as refusals } from "../fixtures/refused";
import { simulateAccess } from "./simulatedAccess";
import { simulateFiles } from "./simulatedFiles";

const { detail, missing, unprocessable } = refusals;

/** The time that a statement is in preparation where the portal is slow. */
const preparationMs = 60_000;

/** The vendor publishes no samples of these. An unknown PAN fails like a wrong password. */
const portalReplies: Readonly<Record<PortalRefusal, SimulatedReply>> = {
  UNKNOWN_PAN: detail(422, "Invalid credentials"),
  WRONG_PASSWORD: detail(422, "Invalid credentials"),
  LOCKED: detail(422, "Account locked"),
  VAULT: detail(422, "Higher security is enabled for this account"),
  SOURCE_DOWN: detail(503, "Source Unavailable"),
};

/** One taxpayer registered with the vendor. The first download is the login at the portal. */
interface Client {
  readonly pan: string;
  readonly password: string;
  hasReturns: boolean;
  hasStatements: boolean;
  informationOrderedAtMs: number | undefined;
}

type Values = Readonly<Record<string, string>>;

interface PortalVisit {
  readonly clientId: string;
  readonly client: Client;
  readonly persona: Persona;
  readonly values: Values;
}

interface Endpoint {
  readonly method: "GET" | "POST";
  readonly needs: readonly string[];
  readonly answer: (values: Values) => SimulatedReply;
}

export function simulateDeepvue(
  world: SimulatedWorld,
  { rateLimits = [] }: { readonly rateLimits?: readonly CallLimit[] } = {},
): Simulator {
  const access = simulateAccess(world, rateLimits);
  const files = simulateFiles(world);
  const clients = createSimulatedJobs<Client>(world.clock, () => `itr_${randomBytes(10).toString("hex")}`);

  function success(message: string, body: unknown): SimulatedReply {
    const [timestamp, transaction_id] = [world.clock.now(), randomUUID()];
    return { status: 200, body: { code: 200, timestamp, transaction_id, sub_code: "SUCCESS", message, data: body } };
  }

  function createClient({ username = "", password = "" }: Values): SimulatedReply {
    const pan = username.toUpperCase();
    if (!/^[A-Z]{5}[0-9]{4}[A-Z]$/.test(pan)) return detail(422, "Invalid Pan pattern");
    if (password.length < 8) return unprocessable("password", "Password must be at least 8 characters long");
    const untouched = { hasReturns: false, hasStatements: false, informationOrderedAtMs: undefined };
    const id = clients.start({ pan, password, ...untouched });
    return success("Client created successfully.", { client_id: id, itr_client_id: id });
  }

  /** An endpoint that needs a registered taxpayer, and a login that the portal accepts. */
  function portal(method: "GET" | "POST", needs: readonly string[], answer: (visit: PortalVisit) => SimulatedReply) {
    const answerAtPortal = (values: Values): SimulatedReply => {
      const clientId = values.itr_client_id ?? "";
      const client = clients.find(clientId)?.job;
      if (client === undefined) return detail(422, "Invalid itr_client_id");
      const persona = world.personaOf(client.pan);
      const refusal = refusalAtPortal(persona, client.password);
      if (refusal || persona === undefined) return portalReplies[refusal ?? "UNKNOWN_PAN"];
      return answer({ clientId, client, persona, values });
    };
    return { method, needs: ["itr_client_id", ...needs], answer: answerAtPortal };
  }

  function downloadReturns({ clientId, client, persona }: PortalVisit): SimulatedReply {
    client.hasReturns = true;
    const listed = { client_id: clientId, pan_no: client.pan, filed_itrs: printedReturns.list(persona) };
    return success("ITR downloaded successfully.", listed);
  }

  function readReturn({ client, persona, values: { itr_id = "" } }: PortalVisit): SimulatedReply {
    const details = client.hasReturns ? printedReturns.details(persona, itr_id) : undefined;
    if (details === undefined) return detail(422, "Invalid itr_id");
    return success("ITR details fetched successfully.", details);
  }

  function downloadStatements({ clientId, client, persona }: PortalVisit): SimulatedReply {
    client.hasStatements = true;
    const listed = { client_id: clientId, pan_no: client.pan, tds: printedStatements.list(persona) };
    return success("26AS downloaded successfully.", listed);
  }

  function readStatement({ client, persona, values: { tds_id = "" } }: PortalVisit): SimulatedReply {
    const details = client.hasStatements ? printedStatements.details(persona, tds_id) : undefined;
    if (details === undefined) return detail(422, "Invalid tds_id");
    return success("26AS details fetched successfully.", details);
  }

  /** The order names no year. Its reply is about the newest year. */
  function orderInformation(visit: PortalVisit): SimulatedReply {
    visit.client.informationOrderedAtMs ??= world.clock.now();
    const isStuck = world.faultFor("ais-download") === "STUCK_JOB";
    const newest = visit.persona.informationStatements[0]?.incomeYear;
    return information(visit, newest, isStuck, "AIS details downloaded successfully.");
  }

  function findInformation(visit: PortalVisit): SimulatedReply {
    if (visit.client.informationOrderedAtMs === undefined) return detail(422, "AIS has not been downloaded");
    const isStuck = ["ais-download", "get-ais-details"].some((name) => world.faultFor(name) === "STUCK_JOB");
    const year = incomeYearFromFinancialYear(visit.values.financial_year ?? "");
    return information(visit, year, isStuck, "AIS details fetched successfully.");
  }

  function information(
    { clientId, client, persona }: PortalVisit,
    year: number | undefined,
    isStuck: boolean,
    message: string,
  ): SimulatedReply {
    const statement = persona.informationStatements.find(({ incomeYear }) => incomeYear === year);
    if (statement === undefined) return detail(422, "No AIS found for the financial year");
    const readyAtMs = (client.informationOrderedAtMs ?? 0) + (persona.portal === "SLOW" ? preparationMs : 0);
    const isReady = !isStuck && world.clock.now() >= readyAtMs;
    return success(message, {
      itr_client_id: clientId,
      pan_no: client.pan,
      ais_file: isReady ? files.linkTo(writeAisJson(statement, persona)) : "",
      file_type: isReady ? "json" : "",
      status: isReady ? "completed" : "pending",
      financial_year: incomeYearLabel(statement.incomeYear),
    });
  }

  const endpointByPath = new Map<string, Endpoint>([
    [`${paths.itr}/create-client`, { method: "POST", needs: ["username", "password"], answer: createClient }],
    [`${paths.itr}/itr-download`, portal("POST", [], downloadReturns)],
    [`${paths.itr}/get-itr-details`, portal("GET", ["itr_id"], readReturn)],
    [`${paths.itr}/26as-download`, portal("POST", [], downloadStatements)],
    [`${paths.itr}/get-26as-details`, portal("GET", ["tds_id"], readStatement)],
    [`${paths.itr}/ais-download`, portal("POST", [], orderInformation)],
    [`${paths.itr}/get-ais-details`, portal("GET", ["financial_year"], findInformation)],
  ]);

  return (request) => {
    const file = files.answer(request);
    if (file) return file;
    const isAuthorize = request.path === paths.authorize;
    const endpoint = endpointByPath.get(request.path);
    if (endpoint === undefined && !isAuthorize) return detail(404, "Not Found");
    if (request.method !== (endpoint?.method ?? "POST")) return detail(405, "Method Not Allowed");
    if (endpoint === undefined) return access.authorize(request);
    const refusal = access.refusal(request, request.path.slice(paths.itr.length + 1));
    if (refusal) return refusal;
    const isGet = endpoint.method === "GET";
    const values = isGet ? Object.fromEntries(request.query) : valuesOfBody(request);
    const absent = endpoint.needs.find((name) => values[name] === undefined);
    return absent === undefined ? endpoint.answer(values) : missing(isGet ? "query" : "body", absent);
  };
}

function valuesOfBody(request: SimulatedRequest): Values {
  const members = isJsonRequest(request) ? Object.entries(membersOfBody(request)) : [];
  return Object.fromEntries(
    members.flatMap(([name, value]) => (textOf(value) === undefined ? [] : [[name, String(value)]])),
  );
}
