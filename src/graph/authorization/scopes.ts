import {
  getNamedType,
  isAbstractType,
  isObjectType,
  valueFromASTUntyped,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { memoizeWeak } from "../../kernel";
import { allows, type Access, type Scope } from "../access";
import type { GraphContext } from "../context";

/** One of these scopes is needed. */
export type AnyOf = readonly Scope[];

export type Field = GraphQLField<unknown, GraphContext>;

/** What the mark on a type or a field asks for. */
export const markOf = memoizeWeak(({ astNode }: Field | GraphQLNamedType): readonly AnyOf[] => {
  const mark = astNode?.directives?.find(({ name }) => name.value === "requiresScopes");
  const scopes = mark?.arguments?.find(({ name }) => name.value === "scopes");
  return scopes ? [(valueFromASTUntyped(scopes.value) as readonly AnyOf[]).flat()] : [];
});

/** What a field asks for by its own mark, and by that of the type which it returns. */
export const requirementsOf = memoizeWeak((field: Field): readonly AnyOf[] => {
  const type = getNamedType(field.type);
  return [...markOf(field), ...(isObjectType(type) ? markOf(type) : [])];
});

export function meets(access: Pick<Access, "scopes">, requirements: readonly AnyOf[]): boolean {
  return requirements.every((anyOf) => allows(access, ...anyOf));
}

/** The types that may stand where a field points to: one, or the members of an interface or a union. */
export function typesBehind(field: Field, schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

export function objectTypesIn(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith("__"));
}

export function fieldsOf(type: GraphQLObjectType): readonly Field[] {
  return Object.values(type.getFields());
}

export function rootTypesIn(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.filter((root) => root !== null && root !== undefined);
}
