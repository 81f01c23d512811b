import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import {
  addRupees,
  daysAfter,
  fromPaise,
  instantAt,
  rupees,
  type CalendarDate,
  type Instant,
  type ProviderId,
  type Rupees,
} from "../domain";
import { Fault } from "../kernel";
import type { GraphContext } from "./context";
import { Authenticated, Requires } from "./access";
import { enums, Amount, DateScalar, DateTimeScalar } from "./types";

@ObjectType({ description: "What this tenant has spent today, in India, at all providers, and what it may." })
class SpentToday {
  @Amount("What the calls have cost.")
  rupees!: Rupees;

  @Amount("What they may cost in a day.")
  rupeesLimit!: Rupees;

  @Field(() => Int, { description: "Portal logins." })
  portalLogins!: number;

  @Field(() => Int, { description: "Portal logins that may be made in a day." })
  portalLoginsLimit!: number;
}

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

  @Field(() => SpentToday, { description: "What this tenant has spent today, and what it may spend in a day." })
  async today(@Ctx() { access, ledger, limits, today }: GraphContext): Promise<SpentToday> {
    const day = today();
    const usage = await ledger.usage(access.tenant, { from: day, to: day });
    return {
      rupees: addRupees(...usage.map(({ paise }) => fromPaise(paise))),
      rupeesLimit: rupees(limits.rupeesPerDay),
      portalLogins: usage.reduce((sum, { logins }) => sum + logins, 0),
      portalLoginsLimit: limits.portalLoginsPerDay,
    };
  }
}

@ObjectType("Usage", { description: "What this tenant has spent at one provider on one Indian day." })
class UsageOfDay {
  @Field(() => DateScalar, { description: "The day." })
  date!: CalendarDate;

  @Field(() => enums.ProviderId, { description: "Who was asked." })
  provider!: ProviderId;

  @Field(() => Int, { description: "Calls, as `extensions.cost` counts them." })
  upstreamCalls!: number;

  @Field(() => Int, { description: "Portal logins, as `extensions.cost` counts them." })
  portalLogins!: number;

  @Amount("What the calls have cost.")
  rupees!: Rupees;
}

const mostDays = 366;

@Resolver()
export class RateLimitResolver {
  @Authenticated()
  @Query(() => RateLimitStanding, { description: "Where this tenant stands. Asking counts as a request, too." })
  rateLimit(@Ctx() { rate, requestedCost }: GraphContext): RateLimitStanding {
    const { limit, remaining, resetsAtMs } = rate;
    const standing = new RateLimitStanding();
    return Object.assign(standing, { limit, remaining, resetsAt: instantAt(resetsAtMs), cost: requestedCost });
  }

  @Requires("ops:read")
  @Query(() => [UsageOfDay], {
    description: `What this tenant has spent, by day and provider, at most ${mostDays} days. Days are those of India.`,
  })
  async usage(
    @Arg("from", () => DateScalar, { description: "The first day." }) from: CalendarDate,
    @Arg("to", () => DateScalar, { description: "The last day." }) to: CalendarDate,
    @Ctx() { access, ledger }: GraphContext,
  ): Promise<readonly UsageOfDay[]> {
    if (to < from || to > daysAfter(from, mostDays - 1)) {
      throw new Fault("BAD_INPUT", { field: "to", hint: `It must be 0 to ${mostDays - 1} days after \`from\`.` });
    }
    const usage = await ledger.usage(access.tenant, { from, to });
    return usage.map(({ day, provider, calls, logins, paise }) => ({
      date: day,
      provider,
      upstreamCalls: calls,
      portalLogins: logins,
      rupees: fromPaise(paise),
    }));
  }
}
