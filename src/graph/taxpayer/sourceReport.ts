import { Field, ObjectType } from "type-graphql";
import { type DocumentKind, type ProviderId, type Instant, assessmentYearLabel, type IncomeYear } from "../../domain";
import type { SourceAnswer } from "../../reading";
import {
  enums,
  afterFailure,
  NextAction,
  toConnect,
  Problem,
  toProblem,
  AssessmentYearScalar,
  DateTimeScalar,
} from "../types";

@ObjectType({ description: "What was asked of whom for this answer, and why a gap is a gap." })
export class SourceReport {
  @Field(() => enums.DocumentKind)
  document!: DocumentKind;

  @Field(() => AssessmentYearScalar, { nullable: true })
  assessmentYear?: string | undefined;

  @Field(() => enums.ProviderId)
  provider!: ProviderId;

  @Field(() => enums.Outcome)
  outcome!: keyof typeof enums.Outcome;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the provider said so." })
  asOf?: Instant | undefined;

  @Field(() => Problem, { nullable: true })
  problem?: Problem | undefined;

  @Field(() => NextAction, { nullable: true, description: "What would fill the gap, where something can." })
  nextAction?: NextAction | undefined;
}

export function toSourceReport(
  document: DocumentKind,
  incomeYear: IncomeYear | undefined,
  answer: SourceAnswer,
): SourceReport {
  const { outcome } = answer;
  const about = { document, outcome, assessmentYear: incomeYear && assessmentYearLabel(incomeYear) };
  switch (outcome) {
    case "FOUND":
      return { ...about, provider: answer.provenance.provider, asOf: answer.provenance.fetchedAt };
    case "ABSENT": {
      const { provider, fetchedAt } = answer.provenance;
      return { ...about, provider, asOf: fetchedAt, problem: answer.fault && toProblem(answer.fault) };
    }
    case "UNSUPPORTED":
      return { ...about, provider: answer.provider };
    case "NOT_CONNECTED":
      return { ...about, provider: answer.provider, nextAction: toConnect(answer.provider) };
    case "FAILED":
      return {
        ...about,
        provider: answer.provider,
        problem: toProblem(answer.fault),
        nextAction: afterFailure(answer.fault, answer.provider),
      };
  }
}
