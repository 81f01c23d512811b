import type { Pan } from "../domain/identifiers";
import { asFault, Fault } from "../kernel/fault";
import type { Stage, Ticket } from "../providers/provider";
import type { Advance } from "./advance";
import { settle } from "./ending";
import type { Session } from "./session";
import { fail, type TakeStage } from "./stage";
import { loginProvider, type SessionTools } from "./tools";

const staying = new AbortController().signal;

interface Call {
  readonly pan: Pan;
  readonly ticket?: Ticket;
  readonly answer: Promise<Stage>;
  /** What to do about an answer that is no. */
  readonly onFault: (fault: Fault) => Promise<Session | undefined>;
}

/** Takes in what came of a call that a session has waited for. */
export type Conclude = (session: Session, call: Call) => Promise<void>;

export function createConclude(tools: SessionTools, advance: Advance, takeStage: TakeStage): Conclude {
  async function take(session: Session, stage: Stage): Promise<Session | undefined> {
    try {
      return await takeStage(session, stage);
    } catch (thrown) {
      return fail(tools, advance, session, asFault(thrown));
    }
  }

  /** The login went on at the provider while the session was ended here: it is ended there, too. */
  async function leave(session: Session, pan: Pan, ticket: Ticket | undefined): Promise<void> {
    const { client } = loginProvider(tools, session.provider);
    if (client.close === undefined) return;
    await client.close(pan, ticket, staying);
    await settle(tools, session, "SENT");
  }

  return async (session, { pan, ticket, answer, onFault }) => {
    const stage = await answer.catch(asFault);
    const taken = stage instanceof Fault ? await onFault(stage) : await take(session, stage);
    if (taken === undefined) await leave(session, pan, stage instanceof Fault ? ticket : stage.ticket);
  };
}
