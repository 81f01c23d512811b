import { asFault, Fault } from "../kernel/fault";
import type { Advance } from "./advance";
import type { ProgressIn, Session } from "./session";
import { fail, isOutOfTime, wait, type TakeStage } from "./stage";
import { loginProvider, type SessionTools } from "./tools";

const staying = new AbortController().signal;

type Waiting = ProgressIn<"WAITING">;

/** Asks the provider whether it is done. A poll that fails and may pass costs time and nothing else. */
export function createPoll(
  tools: SessionTools,
  advance: Advance,
  takeStage: TakeStage,
): (session: Session, at: Waiting) => Promise<void> {
  return async (session, { pollMs }) => {
    const ticket = (await tools.store.secretsOf(session))?.ticket;
    if (ticket === undefined) return;
    try {
      const { client } = loginProvider(tools, session.provider);
      if (client.poll === undefined) throw new Fault("INTERNAL", { note: "nobody to poll" });
      await takeStage(session, await client.poll(ticket, staying));
    } catch (thrown) {
      const fault = asFault(thrown);
      const restMs = (fault.context.retryAfterSeconds ?? 0) * 1_000;
      const isLast = !fault.retryable || isOutOfTime(session, tools.clock.now() + restMs);
      if (isLast) await fail(tools, advance, session, fault);
      else await wait(tools, advance, session, { pollMs, restMs });
    }
  };
}
