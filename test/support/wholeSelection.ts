import {
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
} from "graphql";

/** Values for the arguments that must be given; a field with several is asked once with each. */
export type ArgumentValues = Readonly<Record<string, readonly string[]>>;

/** Everything below a type, as it is shown to whoever asks for nothing in particular. No type stands within itself. */
export function wholeSelection(
  type: GraphQLObjectType,
  values: ArgumentValues,
  above: readonly GraphQLObjectType[] = [],
): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (!isCompositeType(below)) return asked(field, values, "");
    if (!isObjectType(below) || [...above, type].includes(below)) return [];
    return asked(field, values, wholeSelection(below, values, [...above, type]));
  });
  return `{ ${fields.join(" ")} }`;
}

function asked({ name, args }: GraphQLField<unknown, unknown>, values: ArgumentValues, below: string): string[] {
  const [required, ...others] = args.filter(isRequiredArgument);
  if (required === undefined) return [`${name} ${below}`];
  const given = values[required.name];
  if (given === undefined || others.length > 0) throw new Error(`no value is at hand for the arguments of ${name}`);
  return given.map((value, at) => `${name}${at}: ${name}(${required.name}: ${JSON.stringify(value)}) ${below}`);
}
