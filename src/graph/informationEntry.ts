import { Field, Int, ObjectType } from "type-graphql";
import type { CalendarDate } from "../domain/calendarDate";
import type * as domain from "../domain/informationStatement";
import type { InformationPart } from "../domain/informationStatement";
import type { Rupees } from "../domain/rupees";
import { Amount } from "./amount";
import { InformationPartEnum } from "./enums";
import { DateScalar } from "./scalars";

@ObjectType({ description: "What one third party has reported of one kind." })
export class InformationEntry implements domain.InformationEntry {
  @Field(() => InformationPartEnum, { description: "The part of the statement it stands in." })
  part!: InformationPart;

  @Field(() => String, { nullable: true, description: 'The Department\'s code: "SFT-016(SB)".' })
  code?: string | undefined;

  @Field(() => String, { nullable: true, description: 'In the Department\'s words: "Interest income - Savings".' })
  description?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What it is counted as: "Interest from savings bank".' })
  category?: string | undefined;

  @Field(() => String, { nullable: true, description: "Who reported it, by name." })
  reportedBy?: string | undefined;

  @Field(() => DateScalar, { nullable: true, description: "The day it was reported." })
  reportedOn?: CalendarDate | undefined;

  @Field(() => Int, { nullable: true, description: "Of how many single reports this is the sum." })
  count?: number | undefined;

  @Amount("As it was reported.")
  amount!: Rupees | null;

  @Amount("After the taxpayer's own feedback, where there is one.")
  derivedAmount!: Rupees | null;
}
