import { entitiesResolver } from "@apollo/subgraph";
import { getNamedType, isUnionType, type GraphQLResolveInfo } from "graphql";
import { Fault } from "../kernel";
import type { GraphContext } from "./context";

/** A representation from a router: the type of an entity and its key. */
interface Representation {
  readonly __typename: string;
  readonly id: string;
}

/**
 * Resolves `Query._entities`. A malformed representation is refused alone. It returns a settled list: a compiled operation
 * loses rejected promises at the end of a list.
 */
export async function resolveEntities(
  _root: unknown,
  { representations }: { readonly representations: readonly unknown[] },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown[]> {
  const typenames = entityNames(info);
  const asked = representations.map(async (representation, at) => {
    if (!isRepresentation(representation, typenames)) {
      // The path names the argument, because a router chooses the name of its variable.
      throw new Fault("BAD_INPUT", {
        field: `representations.${at}`,
        hint: "An entity's `__typename` and its `id`, a String!, are wanted.",
      });
    }
    const [entity] = entitiesResolver({ representations: [representation], context, info }) as unknown[];
    return await entity;
  });
  const entities = await Promise.allSettled(asked);
  return entities.map((entity) => (entity.status === "fulfilled" ? entity.value : entity.reason) as unknown);
}

function entityNames({ returnType, schema }: GraphQLResolveInfo): readonly string[] {
  const entity = getNamedType(returnType);
  return isUnionType(entity) ? schema.getPossibleTypes(entity).map(({ name }) => name) : [];
}

function isRepresentation(given: unknown, typenames: readonly string[]): given is Representation {
  if (typeof given !== "object" || given === null) return false;
  const { __typename, id } = given as Partial<Record<keyof Representation, unknown>>;
  return typeof __typename === "string" && typenames.includes(__typename) && typeof id === "string";
}
