import { Arg, Ctx, Field, FieldResolver, Float, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { instantAt, type DocumentKind, type Instant, type ProviderId } from "../../domain";
import { Fault } from "../../kernel";
import type { BreakerState, LoginMethod, ConnectedProvider } from "../../providers";
import type * as providers from "../../providers";
import type { GraphContext } from "../context";
import { Authenticated } from "../access";
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

@ObjectType({ description: "How the calls to a provider went in one span of time, as all processes saw it." })
class HealthSpan {
  @Field(() => DateTimeScalar, { description: "When the span began." })
  from!: Instant;

  @Field(() => Int)
  calls!: number;

  @Field(() => Float, { description: "From 0 to 1. A provider that names a mistake of the taxpayer has answered." })
  successRate!: number;

  @Field(() => Float, { description: "Half of the calls took no longer, to within a quarter." })
  p50Ms!: number;

  @Field(() => Float, { description: "Nineteen in twenty took no longer, to within a quarter." })
  p95Ms!: number;
}

@ObjectType({ description: "What has lately been seen of a provider." })
class ProviderHealth {
  provider!: ProviderId;

  @Field(() => [OperationHealth], {
    description: "By this process. One entry for each operation; empty while the provider is OFF.",
  })
  operations!: readonly OperationHealth[];
}

const mostHours = 14 * 24;

@Resolver(() => ProviderHealth)
export class ProviderHealthResolver {
  @FieldResolver(() => [HealthSpan], {
    description:
      "By all processes in the last so many hours, 1 to 336, oldest first, in at most 48 spans. A span without a call is left out.",
  })
  async history(
    @Root() { provider }: ProviderHealth,
    @Arg("hours", () => Int, { defaultValue: 24 }) hours: number,
    @Ctx() context: GraphContext,
  ): Promise<HealthSpan[]> {
    if (hours < 1 || hours > mostHours)
      throw new Fault("BAD_INPUT", { field: "hours", hint: `It must be 1 to ${mostHours}.` });
    const seenByProvider = await context.providerHealth(hours);
    return (seenByProvider.get(provider) ?? []).map(({ atMs, ...seen }) => ({ from: instantAt(atMs), ...seen }));
  }
}

@ObjectType({ description: "A vendor that this graph reads through." })
class Provider {
  @Field(() => enums.ProviderId)
  id!: ProviderId;

  @Field(() => String)
  name!: string;

  @Field(() => enums.ProviderMode)
  mode!: ConnectedProvider["mode"];

  @Field(() => [enums.DocumentKind], { description: "What it can bring." })
  documents!: readonly DocumentKind[];

  @Field(() => enums.LoginMethod)
  login!: LoginMethod;

  @Field(() => ProviderHealth)
  health!: ProviderHealth;
}

@Resolver()
export class ProviderResolver {
  @Authenticated()
  @Query(() => [Provider], { description: "Who is behind this graph, in which mode, and how they fare." })
  providers(@Ctx() context: GraphContext): Provider[] {
    return context.connected.map(({ provider, ...connected }) => ({
      id: provider.id,
      name: provider.name,
      mode: connected.mode,
      documents: provider.documents,
      login: provider.login,
      health: { provider: provider.id, operations: connected.health() },
    }));
  }
}
