import { Ctx, Field, Float, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { DocumentKind, ProviderId } from "../../domain";
import type { BreakerState, LoginMethod, ConnectedProvider } from "../../providers";
import type * as providers from "../../providers";
import type { GraphContext } from "../context";
import { Authenticated } from "../access";
import { enums } from "../types";

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

@ObjectType({ description: "What this process has lately seen of a provider." })
class ProviderHealth {
  @Field(() => [OperationHealth], { description: "One entry for each operation; empty while the provider is OFF." })
  operations!: readonly OperationHealth[];
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
      health: { operations: connected.health() },
    }));
  }
}
