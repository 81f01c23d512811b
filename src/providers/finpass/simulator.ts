import { randomBytes } from "node:crypto";
import { instantAt, maskPan, readPan, type Pan } from "../../domain";
import { textOf } from "../replies";
import { isJsonRequest, membersOfBody, createSimulatedJobs, type StartedJob, refusalAtPortal } from "../simulatorKit";
import type { SimulatedReply, SimulatedRequest, SimulatedWorld, Simulator } from "../provider";
import { analyzerPath } from "./contract";
import { settingNames, signedHeaders } from "./credentials";
import mockReply from "./fixtures/filings.json";
import { printFilings } from "./fixtures/printedFilings";
import { printRecords } from "./fixtures/printedRecords";
import { failedMessages, refused } from "./fixtures/refused";

/** A job is "initiated" during the login at the portal, and then "processing" until the returns are read. */
const loginMs = 3_000;
const workMs = 9_000;
const slownessOfSlow = 6;

interface Job {
  readonly pan: Pan;
  readonly password: string;
  /** The header X-Mock asks for the published example, for any PAN. */
  readonly isMock: boolean;
}

type JobStatus = "initiated" | "processing" | "completed" | "failed";

export function simulateFinpass(world: SimulatedWorld): Simulator {
  const jobs = createSimulatedJobs<Job>(world.clock, () => `itr_job_${randomBytes(6).toString("hex")}`);

  function analyze(request: SimulatedRequest): SimulatedReply {
    const { username, password } = membersOfBody(request);
    const pan = readPan(textOf(username) ?? "", { strictHolder: false });
    if (pan === undefined) {
      const example = "PAN must be a 10-character alphanumeric string (e.g., ABCDE1234F).";
      return refused(400, "INVALID_INPUT", `Invalid PAN format. ${example}`);
    }
    if (typeof password !== "string" || password === "") {
      return refused(400, "INVALID_INPUT", "password is required");
    }
    const isMock = request.headers["x-mock"] === "true";
    const jobId = jobs.start({ pan, password, isMock });
    return answer("ITR analysis job submitted successfully", {
      job_id: jobId,
      status: "initiated",
      pan: maskPan(pan),
      created_at: instantAt(world.clock.now()),
    });
  }

  function refusalOf({ pan, password, isMock }: Job) {
    return isMock ? undefined : refusalAtPortal(world.personaOf(pan), password);
  }

  function statusOf({ job, startedAtMs }: StartedJob<Job>, operation: string): JobStatus {
    const slowness = world.personaOf(job.pan)?.portal === "SLOW" ? slownessOfSlow : 1;
    const ageMs = (world.clock.now() - startedAtMs) / slowness;
    if (ageMs < loginMs) return "initiated";
    if (refusalOf(job) !== undefined) return "failed";
    return ageMs < workMs || world.faultFor(operation) === "STUCK_JOB" ? "processing" : "completed";
  }

  function status(started: StartedJob<Job>): SimulatedReply {
    const now = statusOf(started, "status");
    const refusal = now === "failed" ? refusalOf(started.job) : undefined;
    const message = refusal ? `ITR analysis job failed: ${failedMessages[refusal]}` : "Job status fetched successfully";
    return answer(message, {
      job_id: started.id,
      status: now,
      pan: maskPan(started.job.pan),
      updated_at: instantAt(world.clock.now()),
    });
  }

  function data(started: StartedJob<Job>): SimulatedReply {
    const { id, job } = started;
    const now = statusOf(started, "data");
    if (now === "initiated" || now === "processing") {
      const advice = "Please poll /itr-analyzer/status until status is 'completed'.";
      return refused(409, "JOB_INCOMPLETE", `ITR data is not yet available. Job status is '${now}'. ${advice}`);
    }
    if (job.isMock) return { status: 200, body: mockReply };
    const persona = world.personaOf(job.pan);
    const refusal = refusalOf(job);
    if (persona === undefined || refusal !== undefined) {
      return refused(422, "JOB_FAILED", failedMessages[refusal ?? "UNKNOWN_PAN"]);
    }
    const isRecords = world.credentials.read(settingNames.shape)?.reveal().toUpperCase() === "A";
    return { status: 200, body: isRecords ? printRecords(id, persona) : printFilings(id, persona) };
  }

  /** A GET has the job's id in its query or its body, a POST in its body. */
  function aboutJob(request: SimulatedRequest, reply: (started: StartedJob<Job>) => SimulatedReply): SimulatedReply {
    const inQuery = request.method === "GET" ? request.query.get("job_id") : null;
    const jobId = textOf(inQuery ?? membersOfBody(request).job_id);
    if (jobId === undefined) return refused(400, "INVALID_INPUT", "job_id is required");
    const started = jobs.find(jobId);
    return started ? reply(started) : refused(404, "JOB_NOT_FOUND", "No ITR analysis job was found for this job_id");
  }

  return (request) => {
    const expected = signedHeaders(world.credentials);
    const isSigned = ["x-api-key", "x-api-secret"].every((name) => request.headers[name] === expected[name]);
    if (!isSigned) return refused(401, "UNAUTHORIZED", "Invalid API key or secret");
    if (!isJsonRequest(request)) return refused(400, "INVALID_INPUT", "Content-Type must be application/json");
    const reply = { [`${analyzerPath}/status`]: status, [`${analyzerPath}/data`]: data }[request.path];
    if (reply && (request.method === "GET" || request.method === "POST")) return aboutJob(request, reply);
    const isAnalyze = request.path === `${analyzerPath}/analyze`;
    if (isAnalyze && request.method === "POST") return analyze(request);
    return { status: reply || isAnalyze ? 405 : 404, body: { message: "Not allowed here" } };
  };
}

function answer(message: string, data: Readonly<Record<string, unknown>>): SimulatedReply {
  return { status: 200, body: { success: true, message, data } };
}
