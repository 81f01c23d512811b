import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  valueFromASTUntyped,
  type GraphQLField,
  type GraphQLNamedType,
  visit,
  type DocumentNode,
} from "graphql";
import { requireScope, allows, type Access, type Scope, forbidden } from "../access";
import type { GraphContext } from "../context";
import { memoizeWeak, type Fault } from "../../kernel";

type Granted = ReadonlyMap<GraphQLObjectType, readonly AnyOf[] | undefined>;

/**
 * The scopes that every path to a type has already checked. Its fields need not check them again and stay plain
 * properties. Types refer to each other, so paths are followed until nothing changes.
 */
function grantedAt(schema: GraphQLSchema): (type: GraphQLObjectType) => readonly AnyOf[] {
  let granted: Granted = new Map(rootTypesIn(schema).map((root) => [root, []]));
  for (;;) {
    const learned = followed(granted, schema);
    if (objectTypesIn(schema).every((type) => isSame(granted.get(type), learned.get(type)))) break;
    granted = learned;
  }
  return (type) => granted.get(type) ?? [];
}

/** Extends every path by one field. */
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

/** What both paths check. */
function inBoth(one: readonly AnyOf[], other: readonly AnyOf[]): readonly AnyOf[] {
  return distinct([...one.filter((anyOf) => isAsked(anyOf, other)), ...other.filter((anyOf) => isAsked(anyOf, one))]);
}

/** A check for one of fewer scopes implies a check for one of more. */
function isAsked(anyOf: AnyOf, asked: readonly AnyOf[]): boolean {
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

type Resolve = GraphQLFieldResolver<unknown, GraphContext>;

/**
 * Enforces the marks of a schema without a router. No field resolves and no entity is looked up before the scopes of all
 * marks on its path are checked. A field whose path has checked the same scopes is left as it is.
 */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  for (const root of rootTypesIn(schema)) for (const field of fieldsOf(root)) refuseUnmarked(root, field);
  const granted = grantedAt(schema);
  for (const type of objectTypesIn(schema)) {
    guardReference(type);
    for (const field of fieldsOf(type)) {
      const missing = requirementsOf(field).filter((anyOf) => !isAsked(anyOf, granted(type)));
      if (missing.length === 0) continue;
      field.resolve = asking(missing, field.resolve ?? defaultFieldResolver);
      if (field.subscribe) field.subscribe = asking(missing, field.subscribe);
    }
  }
  return schema;
}

/** A root field without a mark would be open to every token. Such a field must have `Authenticated`. */
function refuseUnmarked({ name: type }: GraphQLObjectType, field: Field): void {
  const isFederations = field.name.startsWith("_");
  const isOpen = field.astNode?.directives?.some(({ name }) => name.value === "authenticated");
  if (!isFederations && !isOpen && requirementsOf(field).length === 0) {
    throw new Error(`${type}.${field.name} does not say who may have it: mark it with Requires or Authenticated`);
  }
}

function asking(missing: readonly AnyOf[], resolve: Resolve): Resolve {
  return (root, args, context, info) => {
    requireEach(missing, context);
    return resolve(root, args, context, info);
  };
}

type ResolveReference = (reference: unknown, context: GraphContext, ...rest: readonly unknown[]) => unknown;

interface EntityExtensions {
  apollo?: { subgraph?: { resolveReference?: ResolveReference } };
}

/** `_entities` and `node` resolve every entity through this function. */
function guardReference(type: GraphQLObjectType): void {
  const { subgraph } = (type.extensions as EntityExtensions).apollo ?? {};
  const requirements = markOf(type);
  if (subgraph?.resolveReference === undefined || requirements.length === 0) return;
  const { resolveReference } = subgraph;
  // A rejected promise refuses this entity alone, not the whole batch.
  subgraph.resolveReference = (...given) =>
    Promise.resolve(given).then(([reference, context, ...rest]) => {
      requireEach(requirements, context);
      return resolveReference(reference, context, ...rest);
    });
}

function requireEach(requirements: readonly AnyOf[], { access }: GraphContext): void {
  for (const anyOf of requirements) requireScope(access, ...anyOf);
}

/** One of these scopes is needed. */
type AnyOf = readonly Scope[];

export type Field = GraphQLField<unknown, GraphContext>;

/** The requirements of the mark on a type or a field. */
export const markOf = memoizeWeak(({ astNode }: Field | GraphQLNamedType): readonly AnyOf[] => {
  const mark = astNode?.directives?.find(({ name }) => name.value === "requiresScopes");
  const scopes = mark?.arguments?.find(({ name }) => name.value === "scopes");
  return scopes ? [(valueFromASTUntyped(scopes.value) as readonly AnyOf[]).flat()] : [];
});

/** The requirements of a field: of its own mark and of the type that it returns. */
export const requirementsOf = memoizeWeak((field: Field): readonly AnyOf[] => {
  const type = getNamedType(field.type);
  return [...markOf(field), ...(isObjectType(type) ? markOf(type) : [])];
});

export function meets(access: Pick<Access, "scopes">, requirements: readonly AnyOf[]): boolean {
  return requirements.every((anyOf) => allows(access, ...anyOf));
}

/** The object types that a field can return: one, or the members of an interface or a union. */
export function typesBehind(field: Field, schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

function objectTypesIn(schema: GraphQLSchema): readonly GraphQLObjectType[] {
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

/** The scope that allows introspection where it is off: for operators, and for the router that composes the schema. */
export const introspectionScope: Scope = "ops:read";

const fieldsOfTheSchemaItself: ReadonlySet<string> = new Set(["__schema", "__type", "_service"]);

/** The refusal of a document that introspects the schema without the right to. */
export function refusalOfIntrospection(document: DocumentNode, access: Access): Fault | undefined {
  return asksForSchema(document) && !allows(access, introspectionScope) ? forbidden(introspectionScope) : undefined;
}

const asksForSchema = memoizeWeak((document: DocumentNode) => {
  let isAsked = false;
  visit(document, {
    Field({ name }) {
      isAsked ||= fieldsOfTheSchemaItself.has(name.value);
    },
  });
  return isAsked;
});
