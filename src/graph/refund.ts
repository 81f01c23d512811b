import { Field, ObjectType } from "type-graphql";
import type { CalendarDate } from "../domain/calendarDate";
import type * as domain from "../domain/filing";
import type { Rupees } from "../domain/rupees";
import { Amount } from "./amount";
import { DateScalar } from "./scalars";

@ObjectType({ description: "What the Department owes the taxpayer for this year." })
export class Refund implements domain.Refund {
  @Amount("What the return asks to have back; 0 where it asks for nothing.")
  claimed!: Rupees | null;

  @Field(() => DateScalar, { nullable: true, description: "The day it was paid out; null where that is not told." })
  issuedOn?: CalendarDate | undefined;
}
