import { Field, ObjectType } from "type-graphql";
import { incomeYearFromAssessmentYear, type CalendarDate, type IncomeYear } from "../../domain";
import type * as domain from "../../domain";
import { AssessmentYearScalar, DateScalar } from "./scalars";

@ObjectType({
  description:
    "A year of income with its names. Income to March 2026 is named by its assessment year, later income by its tax year: the label 2026-27 means another year in each.",
})
export class TaxPeriod implements domain.TaxPeriod {
  @Field(() => String, {
    description: 'The year in which the income was earned: "2024-25". It never means another year.',
  })
  incomeYear!: string;

  @Field(() => AssessmentYearScalar, {
    nullable: true,
    description: 'Under the Act of 1961, the year after: "2025-26". Null for income from April 2026 on.',
  })
  assessmentYear?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Under the Act of 2025, the year itself: "2026-27". Null for income to March 2026.',
  })
  taxYear?: string;

  @Field(() => DateScalar, { description: 'Its first day: "2024-04-01".' })
  startsOn!: CalendarDate;

  @Field(() => DateScalar, { description: 'Its last day: "2025-03-31".' })
  endsOn!: CalendarDate;
}

/** The scalar has already refused labels that are no year. */
export function yearsAsked(
  assessmentYears: readonly string[] | null | undefined,
  usualYears: readonly IncomeYear[],
): readonly IncomeYear[] {
  if (!assessmentYears) return usualYears;
  return [...new Set(assessmentYears.flatMap((label) => incomeYearFromAssessmentYear(label) ?? []))];
}
