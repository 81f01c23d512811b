import { Field, ObjectType } from "type-graphql";
import type { ProvenanceMethod, ProviderId } from "../domain/answer";
import type { Instant } from "../domain/calendarDate";
import type * as domain from "../domain/reconcile";
import { ProvenanceMethodEnum, ProviderIdEnum } from "./enums";
import { DateTimeScalar } from "./scalars";

@ObjectType({ description: "Whose word one fact is that is shown here, and why theirs." })
export class Belief implements domain.Belief {
  @Field(() => String, {
    description:
      'Where the fact stands in its document: "incomeHeads.salary". A list and an address are one fact each.',
  })
  path!: string;

  @Field(() => ProviderIdEnum, { description: "Who says so." })
  provider!: ProviderId;

  @Field(() => ProvenanceMethodEnum, { description: "How it is known." })
  method!: ProvenanceMethod;

  @Field(() => DateTimeScalar, { description: "When it was said." })
  fetchedAt!: Instant;

  @Field(() => String, {
    description: 'Why this one is believed: "the only one who tells it", "parsed from the return itself", "newer".',
  })
  reason!: string;

  @Field(() => [ProviderIdEnum], { description: "The others who tell it alike, but for rounding and spelling." })
  agreedBy!: readonly ProviderId[];
}
