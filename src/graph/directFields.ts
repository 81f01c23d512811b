import type { GraphQLFieldResolver } from "graphql";
import type { GraphContext } from "./context";

type Resolver = GraphQLFieldResolver<unknown, GraphContext>;
type Read = (...given: Parameters<Resolver>) => unknown;

const { fieldResolvers, inputTypes, objectTypes } = TypeGraphQLMetadataStorage;
type FieldMetadata = (typeof fieldResolvers)[number];
type ParamMetadata = NonNullable<FieldMetadata["params"]>[number];

/**
 * The resolvers of fields whose arguments are plain values, by type and field, to be called at once. type-graphql's own
 * make promises of every argument, so that it can be validated, which is what classes of input are for.
 */
export function directFields(): Record<string, Record<string, Resolver>> {
  const resolversByType: Record<string, Record<string, Resolver>> = {};
  for (const field of fieldResolvers) {
    const type = objectTypes.find(({ target }) => target === field.getObjectType?.());
    const resolver = directResolver(field);
    if (type && resolver) (resolversByType[type.name] ??= {})[field.schemaName] = resolver;
  }
  return resolversByType;
}

function directResolver({
  kind,
  target,
  methodName,
  params = [],
  middlewares = [],
}: FieldMetadata): Resolver | undefined {
  const reads = params.toSorted((one, other) => one.index - other.index).map(readerOf);
  if (kind !== "external" || middlewares.length > 0 || !reads.every((read) => read !== undefined)) return undefined;
  const instance = new (target as new () => Record<string, (...args: unknown[]) => unknown>)();
  const method = instance[methodName];
  return (
    method &&
    ((...given) =>
      method.apply(
        instance,
        reads.map((read) => read(...given)),
      ))
  );
}

/** Undefined for what only type-graphql can make. */
function readerOf(param: ParamMetadata): Read | undefined {
  switch (param.kind) {
    case "root":
      return param.propertyName === undefined && param.getType === undefined ? (root) => root : undefined;
    case "context":
      return param.propertyName === undefined ? (_root, _args, context) => context : undefined;
    case "info":
      return (_root, _args, _context, info) => info;
    case "arg": {
      const { name } = param;
      const isInput = inputTypes.some(({ target }) => target === param.getType());
      return isInput ? undefined : (_root, args) => (args as Record<string, unknown>)[name];
    }
    case "args":
    case "custom":
    case "pubSub":
      return undefined;
  }
}
