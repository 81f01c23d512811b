import { Field, ObjectType } from "type-graphql";
import type { DocumentKind, ProviderId } from "../domain/answer";
import type { Instant } from "../domain/calendarDate";
import type { AnswerableKind } from "../providers/documents";
import type { AnyAnswer } from "../sources/gather";
import { DocumentKindEnum, OutcomeEnum, type outcomes, ProviderIdEnum } from "./enums";
import { afterFailure, NextAction } from "./nextAction";
import { Problem, toProblem } from "./problem";
import { AssessmentYearScalar, DateTimeScalar } from "./scalars";

@ObjectType({ description: "What was asked of whom for this answer, and why a gap is a gap." })
export class SourceReport {
  @Field(() => DocumentKindEnum)
  document!: DocumentKind;

  @Field(() => AssessmentYearScalar, { nullable: true })
  assessmentYear?: string | undefined;

  @Field(() => ProviderIdEnum)
  provider!: ProviderId;

  @Field(() => OutcomeEnum)
  outcome!: (typeof outcomes)[number];

  @Field(() => DateTimeScalar, { nullable: true, description: "When the provider said so." })
  asOf?: Instant | undefined;

  @Field(() => Problem, { nullable: true })
  problem?: Problem | undefined;

  @Field(() => NextAction, { nullable: true, description: "What would fill the gap, where something can." })
  nextAction?: NextAction | undefined;
}

export function toSourceReport(document: AnswerableKind, answer: AnyAnswer): SourceReport {
  const { outcome } = answer;
  switch (outcome) {
    case "FOUND":
      return { document, outcome, provider: answer.provenance.provider, asOf: answer.provenance.fetchedAt };
    case "ABSENT": {
      const { provider, fetchedAt } = answer.provenance;
      return { document, outcome, provider, asOf: fetchedAt, problem: answer.fault && toProblem(answer.fault) };
    }
    case "UNSUPPORTED":
      return { document, outcome, provider: answer.provider };
    case "FAILED":
      return {
        document,
        outcome,
        provider: answer.provider,
        problem: toProblem(answer.fault),
        nextAction: afterFailure(answer.fault),
      };
  }
}
