import { Field, Float, Int, ObjectType } from "type-graphql";
import {
  assessmentYearLabel,
  crossCheckText,
  exclusionText,
  figureText,
  formulaText,
  type CrossCheckName,
  type CrossCheckOutcome,
  type FigureState,
  type Locale,
  type Rupees,
  type Stability,
} from "../../domain";
import type * as domain from "../../domain";
import { lazy } from "../../kernel";
import { Filing } from "../filing";
import { enums, Amount, AssessmentYearScalar, RupeesScalar } from "../types";
import { IncomePolicy, withDigest } from "./policy";

@ObjectType({ description: "An amount with what it was made of." })
class Figure {
  @Amount("Null where it is not possible.")
  amount!: Rupees | null;

  @Field(() => enums.FigureState)
  state!: FigureState;

  @Field(() => [String], { description: 'The facts that went into it: "filings.2025-26.salaries[0].gross".' })
  basis!: readonly string[];

  @Field(() => [String], { description: "What is not told: left out of the amount, or the reason why there is none." })
  missing!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: "Why it is flagged or not possible: what is missing, disputed, or fails a check. Null: it is known.",
  })
  message?: string | undefined;
}

@ObjectType({ description: "Income that counts under no policy, since it does not recur." })
class ExcludedIncome {
  @Field(() => String, { description: 'In the language asked for: "capital gains".' })
  what!: string;

  @Field(() => RupeesScalar)
  amount!: Rupees;

  @Field(() => String, { description: "Why it does not count." })
  reason!: string;
}

@ObjectType({ description: "What counts of one year." })
class InsightYear {
  @Field(() => AssessmentYearScalar)
  assessmentYear!: string;

  @Field(() => Filing, { nullable: true, description: "The return of the year that counts." })
  filing?: Filing | undefined;

  @Field(() => Figure, { description: "The sum of what counts, agricultural income included." })
  recurring!: Figure;

  @Field(() => Figure)
  salary!: Figure;

  @Field(() => Figure)
  business!: Figure;

  @Field(() => Figure)
  rent!: Figure;

  @Field(() => Figure, {
    description: "Interest, dividend and family pension, each as the mean of this year and the one before it.",
  })
  other!: Figure;

  @Field(() => [ExcludedIncome])
  excluded!: readonly ExcludedIncome[];
}

@ObjectType({ description: "One year compared with the year before." })
class YearGrowth {
  @Field(() => AssessmentYearScalar)
  assessmentYear!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Recurring income over that of the year before; null after a gap, and after a year without income.",
  })
  ratio!: number | null;
}

@ObjectType({ description: "How the years compare with each other." })
class IncomeTrend {
  @Field(() => [YearGrowth], { description: "Newest first." })
  growth!: readonly YearGrowth[];

  @Field(() => Float, { nullable: true, description: "The yearly growth from the oldest to the newest year." })
  cagr!: number | null;

  @Field(() => Float, { nullable: true, description: "The standard deviation over the mean." })
  variation!: number | null;

  @Field(() => enums.Stability)
  stability!: Stability;
}

@ObjectType({ description: "How returns were filed." })
class FilingPunctuality {
  @Field(() => Int, { description: "The years whose due date has passed." })
  due!: number;

  @Field(() => Int)
  filed!: number;

  @Field(() => Int, { description: "By the first return of each year." })
  onTime!: number;

  @Field(() => Int)
  late!: number;

  @Field(() => [AssessmentYearScalar], { description: "The years that were due and have no return." })
  missing!: readonly string[];

  @Field(() => Int, { nullable: true, description: "The longest time from filing to verification, in days." })
  longestVerificationDays!: number | null;

  @Field(() => Boolean, { description: "Whether returns of different years were filed within 30 days." })
  filedTogether!: boolean;
}

@ObjectType({ description: "What the return says beside what others have reported." })
class CrossCheck {
  @Field(() => enums.CrossCheckName)
  name!: CrossCheckName;

  @Field(() => AssessmentYearScalar)
  assessmentYear!: string;

  @Field(() => enums.CrossCheckOutcome)
  outcome!: CrossCheckOutcome;

  @Amount("What the return says.")
  left!: Rupees | null;

  @Amount("What it is compared with.")
  right!: Rupees | null;

  @Amount("Without a sign.")
  difference!: Rupees | null;

  @Amount("Of a share: the most that is usual.")
  tolerance!: Rupees | null;

  @Field(() => String)
  message!: string;

  @Field(() => [String])
  basis!: readonly string[];
}

@ObjectType({ description: "One step from the returns' figures to the assessable income." })
class TraceStep {
  @Field(() => String, { description: 'Its name, by which later steps refer to it: "2025-26.salary".' })
  step!: string;

  @Field(() => String, { description: "In words, with the numbers in it." })
  formula!: string;

  @Amount("Products and means are rounded half up to the paisa. Null where it is not possible.")
  amount!: Rupees | null;

  @Field(() => [String], { description: "Facts of returns, members of the policy, and earlier steps." })
  inputs!: readonly string[];
}

@ObjectType({
  description: "What an underwriter works out, under the lender's own policy. Figures, and never a verdict.",
})
export class IncomeInsights {
  @Field(() => IncomePolicy)
  policy!: IncomePolicy;

  @Field(() => [InsightYear], { description: "The years that count, newest first." })
  years!: readonly InsightYear[];

  @Field(() => Figure, { description: "A year's income under the policy." })
  assessable!: Figure;

  @Field(() => Figure, { description: "A twelfth of it, rounded down to the rupee." })
  assessableMonthly!: Figure;

  @Field(() => IncomeTrend)
  trend!: IncomeTrend;

  @Field(() => FilingPunctuality)
  punctuality!: FilingPunctuality;

  @Field(() => [CrossCheck], { description: "Ten for each year that counts." })
  crossChecks!: readonly CrossCheck[];

  @Field(() => [TraceStep], { description: "In order: the last one is the assessable income." })
  trace!: readonly TraceStep[];
}

type FilingOf = (incomeYear: domain.IncomeYear) => Filing | undefined;

export function toIncomeInsights(insights: domain.IncomeInsights, filingOf: FilingOf, locale: Locale): IncomeInsights {
  const { policy, assessable, assessableMonthly, trend, punctuality, trace } = insights;
  const figure = (each: domain.Figure): Figure => ({ ...each, message: figureText(each, locale) });
  // Texts are most of the work. They are made for those who ask for them, once for all answers that share the insights.
  const crossChecks = lazy(() => insights.crossChecks.map((check) => crossCheckOf(check, locale)));
  const steps = lazy(() =>
    trace.map(({ step, formula, figure: { amount }, inputs }) => ({
      step,
      formula: formulaText(formula, locale),
      amount,
      inputs,
    })),
  );
  return {
    policy: withDigest(policy),
    years: insights.years.map(({ incomeYear, excluded, ...year }) => ({
      assessmentYear: assessmentYearLabel(incomeYear),
      filing: filingOf(incomeYear),
      recurring: figure(year.recurring),
      salary: figure(year.salary),
      business: figure(year.business),
      rent: figure(year.rent),
      other: figure(year.other),
      excluded: excluded.map(({ what, amount }) => ({ amount, ...exclusionText(what, locale) })),
    })),
    assessable: figure(assessable),
    assessableMonthly: figure(assessableMonthly),
    trend: {
      ...trend,
      growth: trend.growth.map(({ incomeYear, ratio }) => ({ assessmentYear: assessmentYearLabel(incomeYear), ratio })),
    },
    punctuality: { ...punctuality, missing: punctuality.missing.map(assessmentYearLabel) },
    get crossChecks() {
      return crossChecks();
    },
    get trace() {
      return steps();
    },
  };
}

function crossCheckOf(check: domain.IncomeInsights["crossChecks"][number], locale: Locale): CrossCheck {
  const message = lazy(() => crossCheckText(check, locale));
  return {
    ...check,
    assessmentYear: assessmentYearLabel(check.incomeYear),
    get message() {
      return message();
    },
  };
}
