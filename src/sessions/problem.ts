import { Fault, type FaultCode } from "../kernel/fault";

/** A fault as a session remembers it: all that is public about it, and nothing else. */
export interface Problem {
  readonly code: FaultCode;
  readonly provider?: string;
  readonly field?: string;
  readonly retryAfterSeconds?: number;
  readonly hint?: string;
}

export function toProblem({ code, context: { provider, field, retryAfterSeconds, hint } }: Fault): Problem {
  return {
    code,
    ...(provider !== undefined && { provider }),
    ...(field !== undefined && { field }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(hint !== undefined && { hint }),
  };
}

export function faultOf({ code, ...context }: Problem): Fault {
  return new Fault(code, context);
}
