import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/taxpayer";

@ObjectType({ description: "Whether this PAN is linked with an Aadhaar number, as the law asks of most individuals." })
export class AadhaarLink implements domain.AadhaarLink {
  @Field(() => Boolean, { nullable: true, description: "Null where no provider knows: that is not a missing link." })
  linked!: boolean | null;

  @Field(() => String, { nullable: true, description: "The provider's own words." })
  label?: string | undefined;
}
