import type { Pan } from "../../domain";
import { Fault, Secret } from "../../kernel";
import type { LoginClient, Stage, Ticket, ProviderTools, UpstreamReply, UpstreamRequest } from "../provider";
import { readVerification, verificationPath, type Verification } from "./contract";
import { authorization } from "./credentials";
import { toReadings } from "./mapper";

const pollAfterMs = 3_000;

interface OpenTicket {
  readonly pan: Pan;
  readonly referenceId: string | undefined;
}

export function connectTutelar(tools: ProviderTools): LoginClient {
  // The vendor logs in to the portal after its first reply. Only a completed job shows that the portal answered.
  const hasAnswered = (answer: unknown) => (answer as Verification).state === "COMPLETED";
  const start = tools.operation("itr_verification", { repeat: "NEVER", portal: { isAsked: true, hasAnswered } });
  const status = tools.operation("itr_verification_status", {
    repeat: "SAFE",
    portal: { isAsked: false, hasAnswered },
  });

  function ask(
    request: Pick<UpstreamRequest, "method" | "path" | "body">,
    signal: AbortSignal,
  ): Promise<UpstreamReply> {
    const headers = { "content-type": "application/json", authorization: authorization(tools.credentials) };
    return tools.transport.send({ ...request, headers }, signal);
  }

  function judge(reply: UpstreamReply, pan: Pan): Verification {
    return readVerification(reply, pan, (count) => {
      tools.countUnknownFields(count);
    });
  }

  function askAgain({ pan, referenceId }: OpenTicket, signal: AbortSignal): Promise<Verification> {
    // An immediate reply without a reference cannot be read again.
    if (referenceId === undefined) throw new Fault("SESSION_EXPIRED", { provider: "TUTELAR" });
    const path = `${verificationPath}?${new URLSearchParams({ reference_id: referenceId }).toString()}`;
    return status(signal, async (callSignal) => judge(await ask({ method: "GET", path }, callSignal), pan));
  }

  function stageOf(verification: Verification, pan: Pan): Stage {
    const ticket = seal({ pan, referenceId: verification.referenceId });
    return verification.state === "IN_PROGRESS"
      ? { awaits: "TIME", ticket, pollAfterMs }
      : { awaits: "NOTHING", ticket, readings: toReadings(verification.forms, tools.clock.now()) };
  }

  return {
    needs: "LOGIN",
    async open({ pan, password, years }, signal) {
      const body = JSON.stringify({ user_name: pan, password: password.reveal(), range: years });
      const verification = await start(signal, async (callSignal) =>
        judge(await ask({ method: "POST", path: verificationPath, body }, callSignal), pan),
      );
      return stageOf(verification, pan);
    },
    async poll(ticket, signal) {
      const opened = unseal(ticket);
      return stageOf(await askAgain(opened, signal), opened.pan);
    },
    async read(ticket, request, signal) {
      const verification = await askAgain(unseal(ticket), signal);
      if (verification.state === "IN_PROGRESS") {
        throw new Fault("PROVIDER_TIMEOUT", { provider: "TUTELAR", retryAfterSeconds: pollAfterMs / 1_000 });
      }
      return { ticket, readings: toReadings(verification.forms, tools.clock.now(), request) };
    },
  };
}

function seal(ticket: OpenTicket): Ticket {
  return new Secret(JSON.stringify(ticket));
}

function unseal(ticket: Ticket): OpenTicket {
  return JSON.parse(ticket.reveal()) as OpenTicket;
}
