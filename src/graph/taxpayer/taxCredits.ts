import { Field, ObjectType } from "type-graphql";
import {
  withinRupees,
  beliefsOf,
  type Reconciled,
  type Rupees,
  assessmentYearLabel,
  taxPeriodOf,
  type CalendarDate,
  type TdsSection,
  type Tan,
} from "../../domain";
import * as domain from "../../domain";
import { enums, Amount, AssessmentYearScalar, DateScalar, Belief, Disagreement, Provenance, TaxPeriod } from "../types";

@ObjectType({ description: "The one who withheld tax: an employer, a bank, a client, a seller." })
class Deductor implements domain.Deductor {
  @Field(() => String, { nullable: true, description: 'As registered: "INVENTED SYSTEMS LIMITED".' })
  name?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'The number given for withholding tax: "PNEI01234A". Tenants and buyers of property have none.',
  })
  tan?: Tan | undefined;

  @Field(() => [TaxCredit], { description: "What was withheld, booking by booking." })
  credits!: readonly TaxCredit[];
}

@ObjectType({
  description:
    "What others have paid to the treasury on the taxpayer's behalf in one year: the statement called Form 26AS.",
})
export class TaxCreditStatement implements Omit<domain.TaxCreditStatement, "incomeYear"> {
  @Field(() => AssessmentYearScalar, { description: "The year as it is asked for." })
  assessmentYear!: string;

  @Field(() => TaxPeriod, { description: "The year with all of its names." })
  period!: TaxPeriod;

  @Amount("What counts against the taxpayer's own tax: all that was deposited and is not unmatched.")
  creditedTotal!: Rupees | null;

  @Field(() => [Deductor], { description: "Who withheld tax, and what." })
  deductors!: readonly Deductor[];

  @Field(() => [Provenance], { description: "Who said so, the most believed first: the statement is the first one's." })
  provenance!: readonly Provenance[];

  @Field(() => [Belief], {
    description: "Whose word each fact of it is, and why theirs.",
  })
  beliefs!: readonly Belief[];

  @Field(() => [Disagreement], { description: "Where the sums of two providers' statements differ." })
  disagreements!: readonly Disagreement[];
}

export function toTaxCreditStatement(reconciled: Reconciled<domain.TaxCreditStatement>): TaxCreditStatement {
  const { value, provenance, disagreements } = reconciled;
  const { incomeYear, deductors } = value;
  return {
    assessmentYear: assessmentYearLabel(incomeYear),
    period: taxPeriodOf(incomeYear),
    creditedTotal: withinRupees(() => domain.creditedTotal(value), null),
    deductors,
    provenance,
    get beliefs() {
      return beliefsOf(reconciled);
    },
    disagreements,
  };
}

@ObjectType({ description: "One payment from which tax was withheld, as the one who withheld it reported it." })
class TaxCredit implements domain.TaxCredit {
  @Field(() => enums.TaxCreditKind, { description: "Deducted at source, or collected by a seller." })
  kind!: domain.Word<"TaxCreditKind">;

  @Field(() => String, { nullable: true, description: 'The section of the Act, in one spelling: "192", "194J(b)".' })
  section?: TdsSection | undefined;

  @Field(() => String, { nullable: true, description: 'The provider\'s own spelling of it: "194JB".' })
  sectionLabel?: string | undefined;

  @Field(() => enums.BookingStatus, { description: "Whether the tax has reached the treasury." })
  bookingStatus!: domain.Word<"BookingStatus">;

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
