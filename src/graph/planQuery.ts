import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { DocumentKind } from "../domain/answer";
import { toOpenLogin } from "../sessions/openLogin";
import { planFor } from "../sources/plan";
import type { GraphContext } from "./context";
import { DocumentKindEnum } from "./enums";
import { Requires } from "./access";
import { panArgument } from "./panArgument";
import { Plan } from "./plan";
import { usualYearsOf } from "./readTaxpayer";
import { AssessmentYearScalar, PanScalar } from "./scalars";
import { Sensitive } from "./authorization/sensitive";
import { yearsAsked } from "./wants";

@Resolver()
export class PlanQueryResolver {
  @Requires("income:read")
  @Query(() => Plan, {
    description:
      "What it would take to answer, before anything is spent. It counts on one return a year and on one look whether a " +
      "provider's job is done; and it counts the logout.",
  })
  async plan(
    @Sensitive("PERSONAL") @Arg("pan", () => PanScalar) pan: string,
    @Arg("documents", () => [DocumentKindEnum], { description: "What is wanted." })
    documents: DocumentKind[],
    @Arg("assessmentYears", () => [AssessmentYearScalar], {
      nullable: true,
      description: "Of which years. Left out: those that the taxpayer has agreed to, or else the latest three.",
    })
    assessmentYears: string[] | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<Plan> {
    const wholePan = panArgument(context, "pan", pan);
    const [taxpayer, live] = await Promise.all([
      context.loaders.taxpayerByPan.load(wholePan),
      context.sessionStore.live(context.access.tenant, { pan: wholePan }),
    ]);
    const nowMs = context.clock.now();
    const incomeYears = yearsAsked(assessmentYears, usualYearsOf(taxpayer, context));
    return planFor(
      { taxpayer, documents, incomeYears, logins: live.map(toOpenLogin) },
      { connected: context.connected, nowMs, today: context.today() },
    );
  }
}
