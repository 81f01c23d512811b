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
  telling: SourceAnswer,
): SourceReport {
  const { outcome } = telling;
  const about = { document, outcome, assessmentYear: incomeYear && assessmentYearLabel(incomeYear) };
  switch (outcome) {
    case "FOUND":
      return { ...about, provider: telling.provenance.provider, asOf: telling.provenance.fetchedAt };
    case "ABSENT": {
      const { provider, fetchedAt } = telling.provenance;
      return { ...about, provider, asOf: fetchedAt, problem: telling.fault && toProblem(telling.fault) };
    }
    case "UNSUPPORTED":
      return { ...about, provider: telling.provider };
    case "NOT_CONNECTED":
      return { ...about, provider: telling.provider, nextAction: toConnect(telling.provider) };
    case "FAILED":
      return {
        ...about,
        provider: telling.provider,
        problem: toProblem(telling.fault),
        nextAction: afterFailure(telling.fault, telling.provider),
      };
  }
}
