import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/taxpayer";

@ObjectType({ description: "Where a taxpayer lives or has their office, as one provider tells it." })
export class Address implements domain.Address {
  @Field(() => [String], { description: 'House, building and street, in the order they are written: "12 Lake Road".' })
  lines!: readonly string[];

  @Field(() => String, { nullable: true, description: 'The part of the city: "Karve Nagar".' })
  locality?: string | undefined;

  @Field(() => String, { nullable: true, description: 'City, town or village: "Pune".' })
  city?: string | undefined;

  @Field(() => String, { nullable: true, description: 'State or territory: "Maharashtra".' })
  state?: string | undefined;

  @Field(() => String, { nullable: true, description: 'In India six digits: "411001". Abroad it may hold letters.' })
  postalCode?: string | undefined;

  @Field(() => String, { nullable: true, description: "Null where nobody tells it, which mostly means India." })
  country?: string | undefined;
}
