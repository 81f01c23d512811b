import { Field, ID, ObjectType } from "type-graphql";
import type * as domain from "../domain/answer";
import type { Instant } from "../domain/calendarDate";
import { ProvenanceMethodEnum, ProviderIdEnum } from "./enums";
import { DateTimeScalar } from "./scalars";

@ObjectType({ description: "Who said so, how we know, and when." })
export class Provenance implements domain.Provenance {
  @Field(() => ProviderIdEnum)
  provider!: domain.ProviderId;

  @Field(() => ProvenanceMethodEnum)
  method!: domain.ProvenanceMethod;

  @Field(() => DateTimeScalar)
  fetchedAt!: Instant;

  @Field(() => ID, { nullable: true, description: "The session that brought it, where one was needed." })
  session?: string;
}
