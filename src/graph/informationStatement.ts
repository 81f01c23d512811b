import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/informationStatement";
import { beliefsOf, type Reconciled } from "../domain/reconcile";
import { assessmentYearLabel, taxPeriodOf } from "../domain/taxPeriod";
import { Belief } from "./belief";
import { Disagreement } from "./disagreement";
import { FilingDocument } from "./filing/filingDocument";
import { InformationEntry } from "./informationEntry";
import { Provenance } from "./provenance";
import { AssessmentYearScalar } from "./scalars";
import { TaxPeriod } from "./taxPeriod";

@ObjectType({
  description: "What third parties have reported about the taxpayer in one year: the statement called AIS.",
})
export class InformationStatement implements Omit<domain.InformationStatement, "incomeYear"> {
  @Field(() => AssessmentYearScalar, { description: "The year as it is asked for." })
  assessmentYear!: string;

  @Field(() => TaxPeriod, { description: "The year with all of its names." })
  period!: TaxPeriod;

  @Field(() => [InformationEntry], { description: "What was reported, in the Department's order." })
  entries!: readonly InformationEntry[];

  @Field(() => FilingDocument, {
    nullable: true,
    description: "The Department's own file of it, where the provider sent one that can be handed out.",
  })
  document?: FilingDocument | undefined;

  @Field(() => [Provenance], { description: "Who said so, the most believed first: the statement is the first one's." })
  provenance!: readonly Provenance[];

  @Field(() => [Belief], {
    description: "Whose word each fact of it is, and why theirs.",
  })
  beliefs!: readonly Belief[];

  @Field(() => [Disagreement], { description: "Where the sums of two providers' statements differ." })
  disagreements!: readonly Disagreement[];
}

export function toInformationStatement(
  reconciled: Reconciled<domain.InformationStatement>,
  document: FilingDocument | undefined,
): InformationStatement {
  const { value, provenance, disagreements } = reconciled;
  const { incomeYear, entries } = value;
  const year = { assessmentYear: assessmentYearLabel(incomeYear), period: taxPeriodOf(incomeYear) };
  return {
    ...year,
    entries,
    document,
    provenance,
    get beliefs() {
      return beliefsOf(reconciled);
    },
    disagreements,
  };
}
