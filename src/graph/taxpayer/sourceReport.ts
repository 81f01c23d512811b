import { Field, ObjectType } from "type-graphql";
import { type DocumentKind, type ProviderId, type Instant, assessmentYearLabel, type IncomeYear } from "../../domain";
import type { Fault, FaultCode } from "../../kernel";
import type { SourceAnswer } from "../../reading";
import { enums, NextAction, Problem, toProblem, AssessmentYearScalar, DateTimeScalar } from "../types";

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

const usualWaitSeconds = 30;

/** The next action for a document that needs a login of the taxpayer. */
function toConnect(provider: ProviderId): NextAction {
  return {
    kind: "OPEN_SESSION",
    mutation: "openSession",
    message: "Ask the taxpayer for consent, and open a session.",
    provider,
  };
}

/** After these faults a new session with its own consent helps. */
const endedByThese: readonly FaultCode[] = ["SESSION_EXPIRED", "SESSION_ENDED", "CONSENT_EXCEEDED"];

/** The next action after a failed source: open a session, or wait, if that helps. */
function afterFailure(fault: Fault, provider: ProviderId): NextAction | undefined {
  if (endedByThese.includes(fault.code)) return toConnect(provider);
  if (!fault.retryable) return undefined;
  const waitSeconds = fault.context.retryAfterSeconds ?? usualWaitSeconds;
  return { kind: "WAIT", message: "Please ask again in a little while.", pollAfterMs: waitSeconds * 1_000 };
}
