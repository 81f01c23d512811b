import { Field, Int, ObjectType } from "type-graphql";
import type { DocumentKind, ProviderId } from "../domain/answer";
import type { Rupees } from "../domain/rupees";
import type { LoginMethod } from "../providers/provider";
import { Amount } from "./amount";
import { DocumentKindEnum, LoginMethodEnum, ProviderIdEnum } from "./enums";

@ObjectType({ description: "What one provider would be asked for." })
export class PlanStep {
  @Field(() => ProviderIdEnum, { description: "Who would be asked." })
  provider!: ProviderId;

  @Field(() => [DocumentKindEnum], { description: "What it would bring." })
  documents!: readonly DocumentKind[];

  @Field(() => LoginMethodEnum, { description: "What it needs of the taxpayer; NONE where a login is open already." })
  login!: LoginMethod;

  @Field(() => Int, { description: "How many calls that takes, for all of the years together." })
  upstreamCalls!: number;

  @Field(() => String, { description: 'Why this one: "Nobody else who is set up here brings demands."' })
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

  @Field(() => [DocumentKindEnum], { description: "What nobody who is set up here can bring." })
  unanswerable!: readonly DocumentKind[];
}
