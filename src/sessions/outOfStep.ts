import { Fault, type FaultCode } from "../kernel/fault";
import { nextStepOf } from "./nextStep";
import type { SessionOutcome } from "./outcome";
import { isOver, type Session } from "./session";
import type { SessionTools } from "./tools";

/** The answer to a mutation whose turn it is not: it names the step that is due. */
export function outOfStep({ connected, clock }: SessionTools, session: Session): SessionOutcome {
  const { kind, message } = nextStepOf(session, connected, clock.now());
  const code: FaultCode = !isOver(session)
    ? "STEP_OUT_OF_ORDER"
    : hasExpired(session)
      ? "SESSION_EXPIRED"
      : "SESSION_ENDED";
  const hint = isOver(session) ? message : `What is due is ${kind}. ${message}`;
  return { session, problem: new Fault(code, { provider: session.provider, hint }), replayed: false };
}

function hasExpired({ progress }: Session): boolean {
  return progress.phase === "ENDED" && progress.reason === "EXPIRED";
}
