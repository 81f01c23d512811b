import { Field, Int, ObjectType } from "type-graphql";
import type { ProviderId } from "../domain/answer";
import type { Blame, Fault, FaultCode } from "../kernel/fault";
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
