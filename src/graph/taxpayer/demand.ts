import { Field, ObjectType } from "type-graphql";
import { type CalendarDate, type Reconciled, type Rupees, assessmentYearLabel } from "../../domain";
import type * as domain from "../../domain";
import { Amount, AssessmentYearScalar, DateScalar, Provenance } from "../types";

@ObjectType({ description: "Tax that the Department says is still owed." })
export class Demand implements Omit<domain.Demand, "incomeYear"> {
  @Field(() => AssessmentYearScalar, { nullable: true, description: 'The year it is owed for: "2024-25".' })
  assessmentYear?: string | undefined;

  @Field(() => DateScalar, { nullable: true, description: "The day the Department asked for it." })
  raisedOn?: CalendarDate | undefined;

  @Field(() => String, { nullable: true, description: 'The section it was raised under: "143(1)".' })
  section?: string | undefined;

  @Amount("What is still to pay.")
  amount!: Rupees | null;

  @Field(() => String, { nullable: true, description: 'The provider\'s own word: "Outstanding".' })
  statusLabel?: string | undefined;

  @Field(() => [Provenance], { description: "Who said so, the most believed first." })
  provenance!: readonly Provenance[];
}

export function toDemands({ value, provenance }: Reconciled<readonly domain.Demand[]>): readonly Demand[] {
  return value.map(({ incomeYear, ...demand }) => ({
    ...demand,
    assessmentYear: incomeYear && assessmentYearLabel(incomeYear),
    provenance,
  }));
}
