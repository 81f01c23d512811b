import type { GraphQLObjectType, GraphQLSchema } from "graphql";
import { fieldsOf, markOf, objectTypesIn, requirementsOf, rootTypesIn, typesBehind, type AnyOf } from "./requirements";

type Granted = ReadonlyMap<GraphQLObjectType, readonly AnyOf[] | undefined>;

/**
 * What whoever stands at a type has been asked for already, whichever way they came: a field below need not ask again, and
 * so may stay a plain property. Ways are followed until nothing new is learned, for types lead back to each other.
 */
export function grantedAt(schema: GraphQLSchema): (type: GraphQLObjectType) => readonly AnyOf[] {
  let granted: Granted = new Map(rootTypesIn(schema).map((root) => [root, []]));
  for (;;) {
    const learned = followed(granted, schema);
    if (objectTypesIn(schema).every((type) => isSame(granted.get(type), learned.get(type)))) break;
    granted = learned;
  }
  return (type) => granted.get(type) ?? [];
}

/** Every way from the types that have been reached so far, one field further. */
function followed(granted: Granted, schema: GraphQLSchema): Granted {
  const next = new Map(rootTypesIn(schema).map((root): [GraphQLObjectType, readonly AnyOf[]] => [root, []]));
  for (const [from, alreadyAsked = []] of granted) {
    for (const field of fieldsOf(from)) {
      for (const type of typesBehind(field, schema)) {
        const asked = distinct([...alreadyAsked, ...requirementsOf(field), ...markOf(type)]);
        const onOtherWays = next.get(type);
        next.set(type, onOtherWays ? inBoth(onOtherWays, asked) : asked);
      }
    }
  }
  return next;
}

/** What is asked for on either of two ways. */
function inBoth(one: readonly AnyOf[], other: readonly AnyOf[]): readonly AnyOf[] {
  return distinct([...one.filter((anyOf) => isAsked(anyOf, other)), ...other.filter((anyOf) => isAsked(anyOf, one))]);
}

/** Whoever has one of fewer scopes has one of more. */
export function isAsked(anyOf: AnyOf, asked: readonly AnyOf[]): boolean {
  return asked.some((fewer) => fewer.every((scope) => anyOf.includes(scope)));
}

function isSame(one: readonly AnyOf[] | undefined, other: readonly AnyOf[] | undefined): boolean {
  return namesOf(one) === namesOf(other);
}

function namesOf(requirements: readonly AnyOf[] | undefined): string | undefined {
  return requirements?.map(nameOf).toSorted().join(", ");
}

function distinct(requirements: readonly AnyOf[]): readonly AnyOf[] {
  return [...new Map(requirements.map((anyOf) => [nameOf(anyOf), anyOf])).values()];
}

function nameOf(anyOf: AnyOf): string {
  return anyOf.join(" or ");
}
