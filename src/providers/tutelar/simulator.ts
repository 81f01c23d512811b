import { randomUUID } from "node:crypto";
import { instantAt } from "../../domain";
import { textOf } from "../replies";
import { isJsonRequest, membersOfBody, createSimulatedJobs, type StartedJob, refusalAtPortal } from "../simulatorKit";
import type { SimulatedReply, SimulatedRequest, SimulatedWorld, Simulator } from "../provider";
import { verificationPath } from "./contract";
import { authorization } from "./credentials";
import { printForms } from "./fixtures/printed";
import { failedMessages, refusals } from "./fixtures/refused";
import { printVerificationForm } from "./fixtures/verificationForm";

const { invalidField, notFound, wrongKeys } = refusals;

const filesPath = "/image-pub/kyc/";
/** The time of the published samples, and of a slow portal. */
const workMs = 13_000;
const slowWorkMs = 50_000;

interface Job {
  readonly pan: string;
  readonly password: string;
  readonly range: number;
}

export function simulateTutelar(world: SimulatedWorld): Simulator {
  const jobs = createSimulatedJobs<Job>(world.clock, randomUUID);

  function start(request: SimulatedRequest): SimulatedReply {
    const { user_name, password, range } = membersOfBody(request);
    const pan = textOf(user_name)?.toUpperCase();
    if (pan === undefined) return invalidField("user_name", "User Name should not be empty");
    if (typeof password !== "string" || password === "") {
      return invalidField("password", "Password Should not empty");
    }
    if (typeof range !== "number" || !Number.isInteger(range) || range < 1 || range > 7) {
      return invalidField("range", "Range must be a number between 1 and 7");
    }
    return status(jobs.start({ pan, password, range }));
  }

  function status(referenceId: string): SimulatedReply {
    const started = jobs.find(referenceId);
    if (started === undefined) return notFound;
    const { job, startedAtMs } = started;
    const persona = world.personaOf(job.pan);
    const completedAtMs = startedAtMs + (persona?.portal === "SLOW" ? slowWorkMs : workMs);
    const requested = { reference_id: referenceId, requested_at: instantAt(startedAtMs) };
    const isDone = world.clock.now() >= completedAtMs && world.faultFor("itr_verification") !== "STUCK_JOB";
    if (!isDone) {
      const message = "The request is being processed. Please wait for completion.";
      return envelope({ ...requested, message, status: "in_progress" });
    }
    const completed = { ...requested, completed_at: instantAt(completedAtMs) };
    const refusal = refusalAtPortal(persona, job.password);
    if (refusal !== undefined || persona === undefined) {
      const error = { message: failedMessages[refusal ?? "UNKNOWN_PAN"], code: "ERROR" };
      const message = "The request could not be completed due to an error.";
      return envelope({ ...completed, message, status: "failed", error });
    }
    return envelope({
      ...completed,
      message: "The request has been successfully completed.",
      status: "completed",
      result: printForms(persona, job.range, world.clock.now(), linkIn(started)),
    });
  }

  function linkIn({ id }: StartedJob<Job>): (acknowledgementNumber: string) => string {
    const base = world.baseUrl().href.replace(/\/$/, "");
    return (acknowledgementNumber) => `${base}${filesPath}${id}/${acknowledgementNumber}.pdf`;
  }

  /** The vendor's files need no authentication. */
  function file(path: string): SimulatedReply {
    const [, id = "", acknowledgementNumber] = /^([^/]+)\/(\d+)\.pdf$/.exec(path.slice(filesPath.length)) ?? [];
    const persona = world.personaOf(jobs.find(id)?.job.pan ?? "");
    const filing = persona?.filings.find((one) => one.acknowledgementNumber === acknowledgementNumber);
    if (persona === undefined || filing === undefined) return { status: 404 };
    const headers = { "content-type": "application/pdf" };
    return { status: 200, headers, body: printVerificationForm(filing, persona) };
  }

  return (request) => {
    if (request.method === "GET" && request.path.startsWith(filesPath)) return file(request.path);
    if (request.path !== verificationPath) return { status: 404 };
    if (request.headers.authorization !== authorization(world.credentials)) return wrongKeys;
    if (request.method === "POST") return isJsonRequest(request) ? start(request) : { status: 415 };
    if (request.method !== "GET") return { status: 405 };
    const referenceId = request.query.get("reference_id") ?? "";
    return referenceId === "" ? invalidField("reference_id", "Reference Id should not be empty") : status(referenceId);
  };
}

function envelope(members: Readonly<Record<string, unknown>>): SimulatedReply {
  return { status: 200, body: { success: true, code: 200, ...members } };
}
