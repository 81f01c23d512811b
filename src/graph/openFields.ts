import { getNamedType, isAbstractType, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { allows, type Access } from "./access";
import { fieldsOf, markOf, meets, requirementsOf, rootTypesIn, typesBehind, type Field } from "./requirements";

type Scopes = Pick<Access, "scopes">;

/**
 * Every field that a caller can come to from the roots: "Taxpayer.pan", and "Taxpayer.pan(reveal: true)". Where one of
 * several types may stand it is told for each of them: "Query.node → Filing".
 */
export function fieldsOpenTo(access: Scopes, schema: GraphQLSchema): ReadonlySet<string> {
  const open = new Set<string>();
  const seen = new Set<GraphQLObjectType>();

  function visit(type: GraphQLObjectType): void {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of fieldsOf(type).filter((each) => meets(access, requirementsOf(each)))) {
      const place = `${type.name}.${field.name}`;
      const behind = typesBehind(field, schema).filter((each) => meets(access, markOf(each)));
      if (isAbstractType(getNamedType(field.type))) for (const { name } of behind) open.add(`${place} → ${name}`);
      else open.add(place);
      if (canReveal(field) && allows(access, "pii:reveal")) open.add(`${place}(reveal: true)`);
      for (const each of behind) visit(each);
    }
  }

  for (const root of rootTypesIn(schema)) visit(root);
  return open;
}

function canReveal({ args }: Field): boolean {
  return args.some(({ name }) => name === "reveal");
}
