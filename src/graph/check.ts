import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/checks";
import type { CheckName, CheckOutcome } from "../domain/checks";
import type { Rupees } from "../domain/rupees";
import type { Severity } from "../domain/severity";
import { Amount } from "./amount";
import { CheckNameEnum, CheckOutcomeEnum, SeverityEnum } from "./enums";

@ObjectType({ description: "One thing that must be so in an honest return, and whether it is." })
export class Check implements domain.Check {
  @Field(() => CheckNameEnum, { description: "What is checked." })
  name!: CheckName;

  @Field(() => CheckOutcomeEnum, { description: "Whether it is so, where that can be told." })
  outcome!: CheckOutcome;

  @Field(() => SeverityEnum, { description: "How grave it is, or would be, to fail." })
  severity!: Severity;

  @Field(() => String, { description: 'Plain words: "The return was filed by the due date."' })
  message!: string;

  @Amount("What it would have to be; null where the check is not about amounts.")
  expected?: Rupees | undefined;

  @Amount("What the return says.")
  found?: Rupees | undefined;

  @Amount("So far apart the two may be, for rounding.")
  tolerance?: Rupees | undefined;
}
