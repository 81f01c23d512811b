import { Field, ObjectType } from "type-graphql";

@ObjectType({ description: "Where a page stands among the others." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether there is something before this page." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The first cursor of this page; null when it is empty." })
  startCursor?: string | undefined;

  @Field(() => String, { nullable: true, description: "The last cursor of this page, to be passed as after." })
  endCursor?: string | undefined;
}
