import { Arg, Ctx, Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from "type-graphql";
import { instantAt, type Instant } from "../../domain";
import { Fault } from "../../kernel";
import type { BreakerState, ConnectedProvider } from "../../providers";
import type * as providers from "../../providers";
import type { GraphContext } from "../context";
import { DateTimeScalar, enums } from "../types";

@ObjectType({ description: "How the calls of the last five minutes went, for one operation of a provider." })
class OperationHealth implements providers.OperationHealth {
  @Field(() => String)
  operation!: string;

  @Field(() => enums.BreakerState)
  breaker!: BreakerState;

  @Field(() => Int)
  calls!: number;

  @Field(() => Float, { nullable: true, description: "From 0 to 1; null when there were no calls." })
  successRate!: number | undefined;

  @Field(() => Float, { nullable: true, description: "Half of the calls took no longer." })
  p50Ms!: number | undefined;

  @Field(() => Float, { nullable: true, description: "Nineteen in twenty took no longer." })
  p95Ms!: number | undefined;
}

@ObjectType({ description: "How the calls of a stretch of time went, as all processes have seen it." })
class HealthPeriod {
  @Field(() => DateTimeScalar)
  startsAt!: Instant;

  @Field(() => enums.BreakerState, { description: "The worst that it was in any process." })
  breaker!: BreakerState;

  @Field(() => Int)
  calls!: number;

  @Field(() => Float, { nullable: true, description: "From 0 to 1; null when there were no calls." })
  successRate!: number | undefined;

  @Field(() => Float, { nullable: true, description: "Half of the calls took no longer, to within a twentieth." })
  p50Ms!: number | undefined;

  @Field(() => Float, { nullable: true, description: "Nineteen in twenty took no longer, to within a twentieth." })
  p95Ms!: number | undefined;
}

@ObjectType({ description: "What one limit of the plan that was bought still allows." })
class CallsLeft {
  @Field(() => Int, { description: "The limit counts the calls of so many seconds." })
  windowSeconds!: number;

  @Field(() => Int, { description: "Calls that it allows in them." })
  limit!: number;

  @Field(() => Int, { description: "Those that are left just now, over all processes." })
  left!: number;
}

@ObjectType({ description: "What has lately been seen of a provider." })
export class ProviderHealth {
  @Field(() => [OperationHealth], {
    description: "As this process sees it. One entry for each operation; empty while the provider is OFF.",
  })
  operations!: readonly OperationHealth[];

  connected!: ConnectedProvider;
}

const mostPeriods = 96;
const mostMinutes = 15;

@Resolver(() => ProviderHealth)
export class ProviderHealthResolver {
  @FieldResolver(() => [HealthPeriod], {
    nullable: true,
    description:
      "As all processes see it, oldest first: the last period is going on. What is a few seconds old may still be left out. " +
      `A day can be looked back upon: ${mostPeriods} periods of ${mostMinutes} minutes. Null: the store is away.`,
  })
  async history(
    @Root() { connected }: ProviderHealth,
    @Arg("periods", () => Int, { defaultValue: 12, description: `How many, 1 to ${mostPeriods}.` }) periods: number,
    @Arg("periodMinutes", () => Int, { defaultValue: 5, description: `How long each is, 1 to ${mostMinutes}.` })
    periodMinutes: number,
    @Ctx() { readHealth }: GraphContext,
  ): Promise<readonly HealthPeriod[]> {
    requireWithin("periods", periods, mostPeriods);
    requireWithin("periodMinutes", periodMinutes, mostMinutes);
    const summaries = await readHealth(connected.provider.id, { periods, periodMinutes });
    return summaries.map(({ startsAtMs, ...summary }) => ({ startsAt: instantAt(startsAtMs), ...summary }));
  }

  @FieldResolver(() => [CallsLeft], {
    nullable: true,
    description: "By each limit of the plan; empty where it has none or the provider is OFF. Null: the store is away.",
  })
  async callsLeft(@Root() { connected }: ProviderHealth): Promise<readonly CallsLeft[]> {
    const limits = (await connected.callsLeft?.()) ?? [];
    return limits.map(({ windowMs, mostCalls, left }) => ({ windowSeconds: windowMs / 1_000, limit: mostCalls, left }));
  }
}

function requireWithin(field: string, value: number, most: number): void {
  if (value < 1 || value > most) throw new Fault("BAD_INPUT", { field, hint: `\`${field}\` must be 1 to ${most}.` });
}
