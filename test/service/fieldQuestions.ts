import {
  getNamedType,
  isCompositeType,
  isAbstractType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

type Field = GraphQLField<unknown, unknown>;

/** One field further: from which type, by which field, and to which of the types that may stand there. */
interface Step {
  readonly from: GraphQLObjectType;
  readonly field: Field;
  readonly to: GraphQLObjectType;
}

/**
 * A document that asks for fields of one type, "Filing.checks" or "Taxpayer.pan(reveal: true)", by a way of open fields
 * only; undefined where there is none.
 */
export function questionFor(
  places: readonly string[],
  schema: GraphQLSchema,
  isOpen: (place: string) => boolean,
): string | undefined {
  const type = schema.getType(typeNameOf(places[0]!)) as GraphQLObjectType;
  const way = wayTo(type, schema, isOpen);
  if (way === undefined) return undefined;
  const asked = places.map((place) => askedAt(place, type));
  const innermost = `{ ${asked.map(({ text }, at) => `field${at}: ${text}`).join(" ")} }`;
  const body = way.reduceRight((inner, { field: each, to }) => {
    return `{ ${each.name}${argumentsOf(each)} ${isAbstractType(getNamedType(each.type)) ? `{ ... on ${to.name} ${inner} }` : inner} }`;
  }, innermost);
  const variables = [...way, ...asked].flatMap(({ field }) => requiredArguments(field));
  const declared = new Set(variables.map((argument) => `$${argument.name}: ${String(argument.type)}`));
  const operation = operationOf(way[0]?.from ?? type, schema);
  return `${operation} ${declared.size > 0 ? `(${[...declared].join(", ")})` : ""} ${body}`;
}

export function typeNameOf(place: string): string {
  return place.slice(0, place.indexOf("."));
}

function askedAt(place: string, type: GraphQLObjectType): { readonly field: Field; readonly text: string } {
  const [, fieldName = "", reveal = "", member] = /\.(\w+)(\(.*\))?(?: → (\w+))?$/.exec(place) ?? [];
  const field = type.getFields()[fieldName]!;
  const below = isCompositeType(getNamedType(field.type)) ? "{ __typename }" : "";
  return {
    field,
    text: `${fieldName}${reveal || argumentsOf(field)} ${member ? `{ ... on ${member} ${below} }` : below}`,
  };
}

function operationOf(root: GraphQLObjectType, schema: GraphQLSchema): string {
  if (root === schema.getMutationType()) return "mutation";
  return root === schema.getSubscriptionType() ? "subscription" : "query";
}

/** The shortest one, preferably of a query. */
function wayTo(
  target: GraphQLObjectType,
  schema: GraphQLSchema,
  isOpen: (place: string) => boolean,
): readonly Step[] | undefined {
  const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];
  for (const root of roots) {
    const wayByType = new Map<GraphQLObjectType, readonly Step[]>([[root, []]]);
    // A map goes on to those who come in while it is gone through.
    for (const [from, way] of wayByType) {
      if (from === target) return way;
      for (const field of Object.values(from.getFields())) {
        const isAbstract = isAbstractType(getNamedType(field.type));
        for (const to of standingAt(field, schema)) {
          const place = `${from.name}.${field.name}${isAbstract ? ` → ${to.name}` : ""}`;
          if (isOpen(place) && !wayByType.has(to)) wayByType.set(to, [...way, { from, field, to }]);
        }
      }
    }
  }
  return undefined;
}

function standingAt(field: Field, schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

function requiredArguments({ args }: Field): readonly GraphQLArgument[] {
  return args.filter(isRequiredArgument);
}

/** Each is given by a variable of its own name. */
function argumentsOf(field: Field): string {
  const given = requiredArguments(field).map(({ name }) => `${name}: $${name}`);
  return given.length === 0 ? "" : `(${given.join(", ")})`;
}
