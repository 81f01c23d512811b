import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { costs } from "../graph";

type Variables = Readonly<Record<string, unknown>>;
type Size = number | ((variables: Variables) => number);

/** The cost of an operation: a fixed part, and for each list sized by a variable the cost of one member. */
interface Price {
  fixed: number;
  readonly each: { readonly size: (variables: Variables) => number; readonly of: Price }[];
}

type PriceOf = (variables: Variables) => number;

/** Reads an operation once; only list sizes are computed per request. The document must be within the limits on fields. */
export function priceOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): PriceOf {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const underWay = new Set<string>();
  const defaults = defaultsOf(operation);

  function add(total: Price, type: GraphQLNamedType | undefined, { selections }: SelectionSetNode, page: Size): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        addField(total, type, selection, page);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        add(total, condition === undefined ? type : schema.getType(condition), selection.selectionSet, page);
      } else {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (fragment === undefined || underWay.has(name)) continue;
        underWay.add(name);
        add(total, schema.getType(fragment.typeCondition.name.value), fragment.selectionSet, page);
        underWay.delete(name);
      }
    }
  }

  function addField(total: Price, parent: GraphQLNamedType | undefined, node: FieldNode, page: Size): void {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return;
    const field = fieldOf(parent, node.name.value);
    // An unknown field is refused later, and introspection has its own limits: both cost nothing.
    if (field === undefined) return;
    const path = `${parent.name}.${field.name}`;
    const type = getNamedType(field.type);
    const below: Price = { fixed: costs.weightByField[path] ?? (isCompositeType(type) ? 1 : 0), each: [] };
    const asked = sizeAsked(path, field, node, defaults);
    if (node.selectionSet) add(below, type, node.selectionSet, asked ?? costs.assumedSize);
    const isList = isListType(getNullableType(field.type));
    const size = isList ? (asked ?? (costs.listsOfPage.includes(field.name) ? page : costs.assumedSize)) : 1;
    times(total, size, below);
  }

  const total: Price = { fixed: 0, each: [] };
  add(total, schema.getRootType(operation.operation) ?? undefined, operation.selectionSet, costs.assumedSize);
  return (variables) => reckon(total, variables);
}

/** Read without types: a document is priced before it is validated. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, unknown> {
  return new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    ),
  );
}

function fieldOf(
  parent: { getFields(): Record<string, GraphQLField<unknown, unknown>> },
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return Object.hasOwn(parent.getFields(), name) ? parent.getFields()[name] : undefined;
}

/** How many members the caller asks for, where an argument says so. Null stands for the usual number. */
function sizeAsked(
  path: string,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  defaults: ReadonlyMap<string, unknown>,
): Size | undefined {
  const name = costs.sizeArgumentByField[path];
  if (name === undefined) return undefined;
  const usual = field.args.find((argument) => argument.name === name)?.defaultValue;
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value === undefined || value.kind === Kind.NULL) return countIn(usual);
  if (value.kind === Kind.VARIABLE) {
    const variable = value.name.value;
    const fallback = defaults.get(variable);
    return (variables) => countIn((Object.hasOwn(variables, variable) ? variables[variable] : fallback) ?? usual);
  }
  if (value.kind === Kind.LIST) return value.values.length;
  return value.kind === Kind.INT ? countIn(Number(value.value)) : 1;
}

/** A single value is coerced to a list of one. */
function countIn(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" ? Math.max(0, value) : 1;
}

function times(total: Price, size: Size, price: Price): void {
  if (typeof size === "function") {
    total.each.push({ size, of: price });
    return;
  }
  total.fixed += size * price.fixed;
  for (const { size: inner, of } of price.each) {
    total.each.push({ size: (variables) => size * inner(variables), of });
  }
}

function reckon({ fixed, each }: Price, variables: Variables): number {
  return each.reduce((sum, { size, of }) => sum + size(variables) * reckon(of, variables), fixed);
}
