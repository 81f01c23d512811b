import type { Pan } from "../../domain";
import { Fault, Secret } from "../../kernel";
import type { LoginClient, Stage, Ticket, ProviderTools, UpstreamReply, UpstreamRequest } from "../provider";
import { analyzerPath, readJob, readReturns, saysJobUnknown, type Job } from "./contract";
import { settingNames, signedHeaders } from "./credentials";
import { toReadings } from "./mapper";

const pollAfterMs = 5_000;

interface OpenTicket {
  readonly pan: Pan;
  readonly jobId: string;
}

export function connectFinpass(tools: ProviderTools): LoginClient {
  // The vendor logs in to the portal after `analyze` has replied. Only a completed job shows that the portal answered.
  const hasAnswered = (answer: unknown) => (answer as Job).state === "COMPLETED";
  const analyze = tools.operation("analyze", { repeat: "NEVER", portal: { isAsked: true, hasAnswered } });
  const status = tools.operation("status", { repeat: "SAFE", portal: { isAsked: false, hasAnswered } });
  const data = tools.operation("data", { repeat: "SAFE" });
  const isPostFirst = tools.credentials.read(settingNames.method)?.reveal().toUpperCase() === "POST";
  const count = (unknownFields: number) => {
    tools.countUnknownFields(unknownFields);
  };

  function send(request: Omit<UpstreamRequest, "headers">, signal: AbortSignal): Promise<UpstreamReply> {
    return tools.transport.send({ ...request, headers: signedHeaders(tools.credentials) }, signal);
  }

  /** The vendor's pages name both methods. Where the vendor does not know one, the other is tried once. */
  async function askAbout(jobId: string, name: "status" | "data", signal: AbortSignal): Promise<UpstreamReply> {
    const path = `${analyzerPath}/${name}`;
    const asGet = { method: "GET", path: `${path}?${new URLSearchParams({ job_id: jobId }).toString()}` } as const;
    const asPost = { method: "POST", path, body: JSON.stringify({ job_id: jobId }) } as const;
    const reply = await send(isPostFirst ? asPost : asGet, signal);
    const isUnknown = reply.status === 405 || (reply.status === 404 && !saysJobUnknown(reply));
    return isUnknown ? send(isPostFirst ? asGet : asPost, signal) : reply;
  }

  function stageOf({ id, state }: Job, pan: Pan): Stage {
    const ticket = seal({ pan, jobId: id });
    return state === "RUNNING" ? { awaits: "TIME", ticket, pollAfterMs } : { awaits: "NOTHING", ticket, readings: [] };
  }

  return {
    needs: "LOGIN",
    async open({ pan, password }, signal) {
      const body = JSON.stringify({ username: pan, password: password.reveal() });
      const job = await analyze(signal, async (callSignal) =>
        readJob(await send({ method: "POST", path: `${analyzerPath}/analyze`, body }, callSignal), pan, count),
      );
      return stageOf(job, pan);
    },
    async poll(ticket, signal) {
      const { pan, jobId } = unseal(ticket);
      const job = await status(signal, async (callSignal) =>
        readJob(await askAbout(jobId, "status", callSignal), pan, count),
      );
      return stageOf(job, pan);
    },
    async read(ticket, request, signal) {
      const { pan, jobId } = unseal(ticket);
      const returns = await data(signal, async (callSignal) =>
        readReturns(await askAbout(jobId, "data", callSignal), pan, count),
      );
      if (returns === "NOT_YET") {
        throw new Fault("PROVIDER_TIMEOUT", { provider: "FINPASS", retryAfterSeconds: pollAfterMs / 1_000 });
      }
      return { ticket, readings: toReadings(returns, request, tools.clock.now()) };
    },
  };
}

function seal(ticket: OpenTicket): Ticket {
  return new Secret(JSON.stringify(ticket));
}

function unseal(ticket: Ticket): OpenTicket {
  return JSON.parse(ticket.reveal()) as OpenTicket;
}
