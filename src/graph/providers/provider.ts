import { Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import type { DocumentKind, ProviderId } from "../../domain";
import type { LoginMethod, ConnectedProvider } from "../../providers";
import type { GraphContext } from "../context";
import { Authenticated } from "../access";
import { enums } from "../types";
import { ProviderHealth } from "./health";

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
    return context.connected.map((connected) => ({
      id: connected.provider.id,
      name: connected.provider.name,
      mode: connected.mode,
      documents: connected.provider.documents,
      login: connected.provider.login,
      health: { operations: connected.health(), connected },
    }));
  }
}
