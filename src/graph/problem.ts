import { Field, Int, ObjectType } from "type-graphql";
import type { ProviderId } from "../domain/answer";
import { asFault, type Blame, type Fault, type FaultCode } from "../kernel/fault";
import { BlameEnum, ProblemCodeEnum, ProviderIdEnum } from "./enums";

@ObjectType({ description: "What went wrong, whose doing it is, and whether trying again helps." })
export class Problem {
  @Field(() => ProblemCodeEnum)
  code!: FaultCode;

  @Field(() => String, { description: "Plain words that a taxpayer or a loan officer can be shown." })
  message!: string;

  @Field(() => BlameEnum)
  blame!: Blame;

  @Field(() => Boolean)
  retryable!: boolean;

  @Field(() => Int, { nullable: true })
  retryAfterSeconds?: number | undefined;

  @Field(() => ProviderIdEnum, { nullable: true })
  provider?: ProviderId | undefined;

  @Field(() => String, { nullable: true, description: "The argument or field at fault." })
  field?: string | undefined;
}

export function toProblem(fault: Fault): Problem {
  const { code, message, blame, retryable } = fault;
  const { retryAfterSeconds, field } = fault.context;
  return { code, message, blame, retryable, retryAfterSeconds, field, provider: fault.context.provider };
}

/** No client can handle these, so that a payload does not carry them. */
const errorCodes: ReadonlySet<FaultCode> = new Set(["BAD_INPUT", "FORBIDDEN", "NOT_FOUND", "INTERNAL"]);

/** What a client can show and go on from is a problem; all else is thrown again. */
export function problemIn(thrown: unknown): Problem {
  const fault = asFault(thrown);
  if (errorCodes.has(fault.code)) throw fault;
  return toProblem(fault);
}
