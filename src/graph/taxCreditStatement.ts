import { Field, ObjectType } from "type-graphql";
import { reckoned } from "../domain/reckoned";
import { beliefsOf, type Reconciled } from "../domain/reconcile";
import type { Rupees } from "../domain/rupees";
import * as domain from "../domain/taxCredits";
import { assessmentYearLabel, taxPeriodOf } from "../domain/taxPeriod";
import { Amount } from "./amount";
import { Deductor } from "./deductor";
import { Belief } from "./belief";
import { Disagreement } from "./disagreement";
import { Provenance } from "./provenance";
import { AssessmentYearScalar } from "./scalars";
import { TaxPeriod } from "./taxPeriod";

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
    creditedTotal: reckoned(() => domain.creditedTotal(value), null),
    deductors,
    provenance,
    get beliefs() {
      return beliefsOf(reconciled);
    },
    disagreements,
  };
}
