import { Field, ObjectType } from "type-graphql";
import type { CalendarDate } from "../domain/calendarDate";
import type * as domain from "../domain/filing";
import type { FilingStatus } from "../domain/filingStatus";
import { FilingStatusEnum } from "./enums";
import { DateScalar } from "./scalars";

@ObjectType({ description: "One step on a return's way through the Department." })
export class StatusEvent implements domain.StatusEvent {
  @Field(() => FilingStatusEnum, { description: "Our word for it; UNKNOWN where the label is not understood." })
  status!: FilingStatus;

  @Field(() => String, { description: 'The provider\'s own words: "Successfully e-verified".' })
  label!: string;

  @Field(() => DateScalar, { nullable: true, description: "The day it happened." })
  occurredOn?: CalendarDate | undefined;
}
