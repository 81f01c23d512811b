import { Field, ObjectType } from "type-graphql";
import type { CalendarDate } from "../domain/calendarDate";
import type { Rupees } from "../domain/rupees";
import type * as domain from "../domain/taxCredits";
import type { BookingStatus, TaxCreditKind } from "../domain/taxCredits";
import type { TdsSection } from "../domain/tdsSection";
import { Amount } from "./amount";
import { BookingStatusEnum, TaxCreditKindEnum } from "./enums";
import { DateScalar } from "./scalars";

@ObjectType({ description: "One payment from which tax was withheld, as the one who withheld it reported it." })
export class TaxCredit implements domain.TaxCredit {
  @Field(() => TaxCreditKindEnum, { description: "Deducted at source, or collected by a seller." })
  kind!: TaxCreditKind;

  @Field(() => String, { nullable: true, description: 'The section of the Act, in one spelling: "192", "194J(b)".' })
  section?: TdsSection | undefined;

  @Field(() => String, { nullable: true, description: 'The provider\'s own spelling of it: "194JB".' })
  sectionLabel?: string | undefined;

  @Field(() => BookingStatusEnum, { description: "Whether the tax has reached the treasury." })
  bookingStatus!: BookingStatus;

  @Field(() => DateScalar, { nullable: true, description: "The day the taxpayer was paid or credited." })
  transactedOn?: CalendarDate | undefined;

  @Field(() => DateScalar, { nullable: true, description: "The day it was booked." })
  bookedOn?: CalendarDate | undefined;

  @Amount("What was paid or credited to the taxpayer, before tax. A reversal is negative.")
  amountPaid!: Rupees | null;

  @Amount("What was held back of it.")
  taxWithheld!: Rupees | null;

  @Amount("What of that reached the treasury.")
  taxDeposited!: Rupees | null;
}
