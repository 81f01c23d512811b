import { Field, ObjectType } from "type-graphql";
import type { ProviderId } from "../domain/answer";
import type { Instant } from "../domain/calendarDate";
import type * as domain from "../domain/reconcile";
import type { Severity } from "../domain/severity";
import { ProviderIdEnum, SeverityEnum } from "./enums";
import { DateTimeScalar } from "./scalars";

@ObjectType({ description: "What one provider tells of a fact that is disputed." })
export class Claim implements domain.Claim {
  @Field(() => ProviderIdEnum, { description: "Who says so." })
  provider!: ProviderId;

  @Field(() => String, { description: 'What it says, as text: "₹7,62,350.00", "PROCESSED".' })
  value!: string;

  @Field(() => DateTimeScalar, { description: "When it said so." })
  asOf!: Instant;
}

@ObjectType({ description: "One fact that is told in different ways, beyond rounding and spelling." })
export class Disagreement implements domain.Disagreement {
  @Field(() => String, {
    description:
      'Where the fact stands in its document: "incomeHeads.salary". Among a taxpayer\'s disagreements the document and its assessment year go before it: "filings.2025-26.incomeHeads.salary".',
  })
  path!: string;

  @Field(() => SeverityEnum, { description: "How much a reader of the figures has to care." })
  severity!: Severity;

  @Field(() => [Claim], { description: "What each of those says who tell the fact." })
  claims!: readonly Claim[];

  @Field(() => ProviderIdEnum, { description: "Whose claim this graph shows." })
  chosen!: ProviderId;

  @Field(() => String, { description: 'Why that one is believed: "parsed from the return itself".' })
  reason!: string;
}

/** The same disagreements, for a place where other documents' stand beside them. */
export function placedUnder(place: string, disagreements: readonly domain.Disagreement[]): readonly Disagreement[] {
  return disagreements.map((disagreement) => ({ ...disagreement, path: `${place}.${disagreement.path}` }));
}
