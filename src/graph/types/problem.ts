import { Field, Int, ObjectType } from "type-graphql";
import { type ProviderId, instantAt, type Instant } from "../../domain";
import { asFault, type Blame, type Fault, type FaultCode } from "../../kernel";
import type { NextStep } from "../../sessions";
import { enums } from "./enums";
import { DateTimeScalar } from "./scalars";

@ObjectType({ description: "What went wrong, whose doing it is, and whether trying again helps." })
export class Problem {
  @Field(() => enums.ProblemCode)
  code!: FaultCode;

  @Field(() => String, { description: "Plain words that a taxpayer or a loan officer can be shown." })
  message!: string;

  @Field(() => enums.Blame)
  blame!: Blame;

  @Field(() => Boolean)
  retryable!: boolean;

  @Field(() => Int, { nullable: true })
  retryAfterSeconds?: number | undefined;

  @Field(() => enums.ProviderId, { nullable: true })
  provider?: ProviderId | undefined;

  @Field(() => String, { nullable: true, description: "The argument or field at fault." })
  field?: string | undefined;
}

export function toProblem(fault: Fault): Problem {
  const { code, message, blame, retryable } = fault;
  const { retryAfterSeconds, field } = fault.context;
  return { code, message, blame, retryable, retryAfterSeconds, field, provider: fault.context.provider };
}

/** Faults that no client can handle. A payload does not carry them. */
const errorCodes: ReadonlySet<FaultCode> = new Set(["BAD_INPUT", "FORBIDDEN", "NOT_FOUND", "INTERNAL"]);

/** Makes a problem of a fault that a client can handle. Any other fault is thrown again. */
export function problemIn(thrown: unknown): Problem {
  const fault = asFault(thrown);
  if (errorCodes.has(fault.code)) throw fault;
  return toProblem(fault);
}

@ObjectType({ description: "The one thing to do next." })
export class NextAction {
  @Field(() => enums.NextActionKind)
  kind!: keyof typeof enums.NextActionKind;

  @Field(() => String, { nullable: true, description: "The mutation to call, where one is due." })
  mutation?: string | undefined;

  @Field(() => String, { description: "Plain words for the person in front of the screen." })
  message!: string;

  @Field(() => Int, { nullable: true, description: "When to ask again, in milliseconds from now." })
  pollAfterMs?: number | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: "When this offer ends." })
  expiresAt?: Instant | undefined;

  @Field(() => enums.ProviderId, {
    nullable: true,
    description: "Whom to open the session with, where somebody other than before may do better.",
  })
  provider?: ProviderId | undefined;
}

export function toNextAction({ expiresAtMs, ...step }: NextStep): NextAction {
  return { ...step, expiresAt: expiresAtMs === undefined ? undefined : instantAt(expiresAtMs) };
}
