import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { DocumentKind } from "../domain/answer";
import { indianDayAt } from "../domain/indianDay";
import type { Session } from "../sessions/session";
import { planFor } from "../sources/plan";
import { requireScope } from "./access";
import type { GraphContext } from "./context";
import { DocumentKindEnum } from "./enums";
import { panArgument } from "./panArgument";
import { Plan } from "./plan";
import { usualYearsOf } from "./readTaxpayer";
import { AssessmentYearScalar, PanScalar } from "./scalars";
import { yearsAsked } from "./wants";

@Resolver()
export class PlanQueryResolver {
  @Query(() => Plan, {
    description:
      "What it would take to answer, before anything is spent. It counts on one return a year and on one look whether a " +
      "provider's job is done; and it counts the logout.",
  })
  async plan(
    @Arg("pan", () => PanScalar) pan: string,
    @Arg("documents", () => [DocumentKindEnum], { description: "What is wanted." })
    documents: DocumentKind[],
    @Arg("assessmentYears", () => [AssessmentYearScalar], {
      nullable: true,
      description: "Of which years. Left out: those that the taxpayer has agreed to, or else the latest three.",
    })
    assessmentYears: string[] | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<Plan> {
    requireScope(context.access, "income:read");
    const wholePan = panArgument(context, "pan", pan);
    const [taxpayer, live] = await Promise.all([
      context.loaders.taxpayerByPan.load(wholePan),
      context.sessionStore.live(context.access.tenant, { pan: wholePan }),
    ]);
    const nowMs = context.clock.now();
    const incomeYears = yearsAsked(assessmentYears, usualYearsOf(taxpayer, context));
    return planFor(
      { taxpayer, documents, incomeYears, underWay: live.filter(isBringing) },
      { connected: context.connected, nowMs, today: indianDayAt(nowMs) },
    );
  }
}

/** One that is READY has brought what it could. */
function isBringing({ progress }: Session): boolean {
  return progress.phase !== "READY";
}
