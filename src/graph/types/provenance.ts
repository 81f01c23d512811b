import { Field, ID, ObjectType } from "type-graphql";
import type * as domain from "../../domain";
import { type Word, type ProviderId, type Instant, type Rupees, type Severity } from "../../domain";
import type * as reconciled from "../../domain";
import { enums } from "./enums";
import { DateTimeScalar, RupeesScalar } from "./scalars";

@ObjectType({ description: "Who said so, how we know, and when." })
export class Provenance implements domain.Provenance {
  @Field(() => enums.ProviderId)
  provider!: ProviderId;

  @Field(() => enums.ProvenanceMethod)
  method!: Word<"ProvenanceMethod">;

  @Field(() => DateTimeScalar)
  fetchedAt!: Instant;

  @Field(() => ID, { nullable: true, description: "The session that brought it, where one was needed." })
  session?: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True where an earlier release has read and kept it: what that release did not look for is null. Null: by this one.",
  })
  isOfOlderReader?: true;
}

@ObjectType({ description: "Whose word one fact is that is shown here, and why theirs." })
export class Belief implements reconciled.Belief {
  @Field(() => String, {
    description:
      'Where the fact stands in its document: "incomeHeads.salary". A list and an address are one fact each.',
  })
  path!: string;

  @Field(() => enums.ProviderId, { description: "Who says so." })
  provider!: ProviderId;

  @Field(() => enums.ProvenanceMethod, { description: "How it is known." })
  method!: Word<"ProvenanceMethod">;

  @Field(() => DateTimeScalar, { description: "When it was said." })
  fetchedAt!: Instant;

  @Field(() => String, {
    description: 'Why this one is believed: "the only one who tells it", "parsed from the return itself", "newer".',
  })
  reason!: string;

  @Field(() => [enums.ProviderId], { description: "The others who tell it alike, but for rounding and spelling." })
  agreedBy!: readonly ProviderId[];
}

@ObjectType({ description: "What one provider tells of a fact that is disputed." })
class Claim implements reconciled.Claim {
  @Field(() => enums.ProviderId, { description: "Who says so." })
  provider!: ProviderId;

  @Field(() => String, { description: 'What it says, as text: "₹7,62,350.00", "PROCESSED".' })
  value!: string;

  @Field(() => RupeesScalar, { nullable: true, description: "The number, where the fact is an amount." })
  amount?: Rupees | undefined;

  @Field(() => DateTimeScalar, { description: "When it said so." })
  asOf!: Instant;
}

@ObjectType({ description: "One fact that is told in different ways, beyond rounding and spelling." })
export class Disagreement implements reconciled.Disagreement {
  @Field(() => String, {
    description:
      'Where the fact stands in its document: "incomeHeads.salary". Among a taxpayer\'s disagreements the document and its assessment year go before it: "filings.2025-26.incomeHeads.salary".',
  })
  path!: string;

  @Field(() => enums.Severity, { description: "How much a reader of the figures has to care." })
  severity!: Severity;

  @Field(() => [Claim], { description: "What each of those says who tell the fact." })
  claims!: readonly Claim[];

  @Field(() => enums.ProviderId, { description: "Whose claim this graph shows." })
  chosen!: ProviderId;

  @Field(() => String, { description: 'Why that one is believed: "parsed from the return itself".' })
  reason!: string;
}
