import { Field, ObjectType } from "type-graphql";
import type { Tan } from "../domain/identifiers";
import type * as domain from "../domain/taxCredits";
import { TaxCredit } from "./taxCredit";

@ObjectType({ description: "Whoever withheld tax: an employer, a bank, a client, a seller." })
export class Deductor implements domain.Deductor {
  @Field(() => String, { nullable: true, description: 'As registered: "INVENTED SYSTEMS LIMITED".' })
  name?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'The number given for withholding tax: "PNEI01234A". Tenants and buyers of property have none.',
  })
  tan?: Tan | undefined;

  @Field(() => [TaxCredit], { description: "What was withheld, booking by booking." })
  credits!: readonly TaxCredit[];
}
