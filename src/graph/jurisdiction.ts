import { Field, ObjectType } from "type-graphql";
import type * as domain from "../domain/taxpayer";

@ObjectType({ description: "The assessing officer, and the office of the Department that the taxpayer belongs to." })
export class Jurisdiction implements domain.Jurisdiction {
  @Field(() => String, { nullable: true, description: 'The name of the ward or circle: "WARD 3(1), PUNE".' })
  name?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The code of the area: "PNE".' })
  areaCode?: string | undefined;

  @Field(() => String, { nullable: true, description: 'W for a ward, C for a circle: "W".' })
  officerKind?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The code of the range: "103".' })
  rangeCode?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The number of the assessing officer: "1".' })
  officerNumber?: string | undefined;

  @Field(() => String, { nullable: true, description: "The building or the place where the office is." })
  office?: string | undefined;

  @Field(() => String, { nullable: true, description: "The office's own address, not the taxpayer's." })
  email?: string | undefined;
}
