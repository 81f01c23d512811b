import { Field, ObjectType, Int } from "type-graphql";
import type * as domain from "../../domain";
import {
  beliefsOf,
  type Reconciled,
  assessmentYearLabel,
  taxPeriodOf,
  type CalendarDate,
  type InformationPart,
  type Rupees,
} from "../../domain";
import {
  Belief,
  Disagreement,
  Provenance,
  AssessmentYearScalar,
  DateScalar,
  Amount,
  TaxPeriod,
  InformationPartEnum,
} from "../types";
import { FilingDocument } from "../filing";

@ObjectType({ description: "What one third party has reported of one kind." })
class InformationEntry implements domain.InformationEntry {
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
