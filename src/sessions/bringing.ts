import { asFault, type Fault } from "../kernel/fault";
import type { Ticket } from "../providers/provider";
import type { Advance } from "./advance";
import { toProblem } from "./problem";
import type { ProgressIn, Session } from "./session";
import { fail, keep } from "./stage";
import { loginProvider, type SessionTools } from "./tools";
import { missingOf, unsupportedIn, within } from "./wish";

const mostTries = 4;
const againAfterMs = 5_000;
const staying = new AbortController().signal;

type Bringing = ProgressIn<"BRINGING">;

/** Reads the documents that a session is still missing. What fails and may pass is asked for again a little later. */
export function createBring(tools: SessionTools, advance: Advance): (session: Session, at: Bringing) => Promise<void> {
  const { store, clock } = tools;

  async function read(session: Session, { documents, incomeYears }: Bringing) {
    const secrets = await store.secretsOf(session);
    if (secrets?.ticket === undefined) return undefined;
    const { client } = loginProvider(tools, session.provider);
    return client.read(secrets.ticket, { pan: secrets.pan, documents, incomeYears }, staying);
  }

  /** What to do about what did not come: ask again, be content with the rest, or give up. */
  async function goOn(session: Session, missing: Bringing, fault: Fault, ticket?: Ticket): Promise<void> {
    const { tries, hasBrought } = missing;
    const { logsInAtFirstRead } = loginProvider(tools, session.provider).terms;
    // Reading again what has never been read would be a second login where reading is what logs in.
    const mayRepeat = hasBrought || !logsInAtFirstRead;
    const keepsTicket = ticket && { ticket };
    if (fault.retryable && mayRepeat && tries + 1 < mostTries) {
      const jobAfterMs = (fault.context.retryAfterSeconds ?? 0) * 1_000 || againAfterMs;
      await advance(session, "toldToReadAgain", { ...missing, tries: tries + 1 }, { ...keepsTicket, jobAfterMs });
    } else if (hasBrought) {
      const { documents, incomeYears } = missing;
      const facts = { problem: toProblem(fault), missing: { documents, incomeYears } };
      await advance(session, "brought", facts, { ...keepsTicket });
    } else {
      await fail(tools, advance, session, fault);
    }
  }

  return async (session, at) => {
    if (clock.now() >= session.expiresAtMs) return;
    try {
      const outcome = await read(session, at);
      if (outcome === undefined) return;
      const { ticket, readings } = outcome;
      const told = within(at, readings);
      const brought = told.filter(({ answer }) => answer.outcome !== "FAILED");
      await keep(tools, session, brought);
      const faults = readings.flatMap(({ answer }) => (answer.outcome === "FAILED" ? answer.fault : []));
      const fault = faults.find(({ retryable }) => retryable) ?? faults[0];
      if (fault === undefined) {
        const unsupported = unsupportedIn(at, told, { isWhole: true });
        await advance(session, "brought", unsupported.length > 0 ? { unsupported } : {}, { ticket });
        return;
      }
      const hasBrought = at.hasBrought || brought.length > 0;
      await goOn(session, { ...at, ...missingOf(at, brought), hasBrought }, fault, ticket);
    } catch (thrown) {
      await goOn(session, at, asFault(thrown));
    }
  };
}
