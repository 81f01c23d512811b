import { Field } from "type-graphql";
import { RupeesScalar } from "./scalars";

/** A field that holds an amount, or null where nobody reports one. */
export function Amount(description: string): PropertyDecorator {
  return Field(() => RupeesScalar, { nullable: true, description });
}
