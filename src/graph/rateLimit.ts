import { Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { instantAt, type Instant } from "../domain";
import type { GraphContext } from "./context";
import { Authenticated } from "./access";
import { DateTimeScalar } from "./types";

@ObjectType("RateLimit", {
  description: "What this tenant may still ask in this minute, and what this operation is worth.",
})
class RateLimitStanding {
  @Field(() => Int, { description: "Requests a minute, over all that serve this tenant." })
  limit!: number;

  @Field(() => Int, { description: "Requests that are left, this one taken off." })
  remaining!: number;

  @Field(() => DateTimeScalar, { description: "When the minute is over." })
  resetsAt!: Instant;

  @Field(() => Int, { description: "Points that this operation was priced at beforehand: docs/limits.md." })
  cost!: number;
}

@Resolver()
export class RateLimitResolver {
  @Authenticated()
  @Query(() => RateLimitStanding, { description: "Where this tenant stands. Asking counts as a request, too." })
  rateLimit(@Ctx() { rate, requestedCost }: GraphContext): RateLimitStanding {
    const { limit, remaining, resetsAtMs } = rate;
    return { limit, remaining, resetsAt: instantAt(resetsAtMs), cost: requestedCost };
  }
}
