import { Arg, Ctx, Query, Resolver, Field, Int, ObjectType } from "type-graphql";
import type { DocumentKind, ProviderId, Rupees } from "../../domain";
import { toOpenLogin } from "../../sessions";
import { planFor } from "../../reading";
import type { GraphContext } from "../context";
import { enums, panArgument, AssessmentYearScalar, PanScalar, Amount, yearsAsked } from "../types";
import { Requires } from "../access";
import { usualYearsOf } from "../taxpayer";
import { Sensitive } from "../authorization";
import type { LoginMethod } from "../../providers";

@ObjectType({ description: "What one provider would be asked for." })
class PlanStep {
  @Field(() => enums.ProviderId, { description: "Who would be asked." })
  provider!: ProviderId;

  @Field(() => [enums.DocumentKind], { description: "What it would bring." })
  documents!: readonly DocumentKind[];

  @Field(() => enums.LoginMethod, { description: "What it needs of the taxpayer; NONE where a login is open already." })
  login!: LoginMethod;

  @Field(() => Int, { description: "How many calls that takes, for all of the years together." })
  upstreamCalls!: number;

  @Field(() => String, { description: 'Why this one: "No other provider that is set up here has demands."' })
  reason!: string;
}

@ObjectType({
  description:
    "What it would take to answer, before anything is spent: fewest portal logins first, then calls, then price, then time.",
})
export class Plan {
  @Field(() => [PlanStep], { description: "Who would be asked, in this order. Empty where everything is held." })
  steps!: readonly PlanStep[];

  @Field(() => Int, { description: "How often the taxpayer would have to log in." })
  portalLogins!: number;

  @Field(() => Int, { description: "How many calls the providers would be sent, all steps together." })
  upstreamCalls!: number;

  @Amount("What the providers would charge; null where one of them publishes no price.")
  priceRupees!: Rupees | null;

  @Field(() => [enums.DocumentKind], { description: "What nobody who is set up here can bring." })
  unanswerable!: readonly DocumentKind[];
}

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
    @Arg("documents", () => [enums.DocumentKind], { description: "What is wanted." })
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
