import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** What a field costs by itself. A field with fields of its own costs 1, a plain one nothing; these cost more. */
export const weightByField: Readonly<Record<string, number>> = {
  "Mutation.openSession": 200,
  "Mutation.checkAadhaarLink": 50,
  "Mutation.submitOtp": 50,
  "Mutation.resendOtp": 50,
  "Mutation.eraseTaxpayer": 50,
  "Taxpayer.compliance": 5,
  "Taxpayer.profile": 2,
  "Taxpayer.filings": 5,
  "Taxpayer.filing": 5,
  "Taxpayer.taxCredits": 5,
  "Taxpayer.informationStatement": 5,
  "Taxpayer.demands": 2,
  "Query.plan": 5,
};

/** The argument that says how long a list will be: by its own length, or as a number. */
export const sizeArgumentByField: Readonly<Record<string, string>> = {
  "Query.taxpayers": "pans",
  "Query._entities": "representations",
  "Query.sessions": "first",
  "Query.consentRecords": "first",
  "Query.auditRecords": "first",
  "Taxpayer.filings": "first",
  "Taxpayer.accessEvents": "first",
};

/** The lists of a page: as long as the page that they are in was asked to be. */
const listsOfPage: ReadonlySet<string> = new Set(["edges", "nodes"]);

/** For all other lists. They are short in most answers, and nobody can say beforehand. */
const assumedSize = 5;

type Variables = Readonly<Record<string, unknown>>;
type Size = number | ((variables: Variables) => number);

/** What an operation will cost, as far as its text tells: a number, and for each list of unknown size what a member costs. */
interface Price {
  fixed: number;
  readonly each: { readonly size: (variables: Variables) => number; readonly of: Price }[];
}

type PriceOf = (variables: Variables) => number;

/** Reads an operation once, so that only what depends on variables is reckoned each time. It must be of bounded extent. */
export function priceOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): PriceOf {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const underWay = new Set<string>();

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
    // Of what is not there, and of introspection, the price is nothing: the one is refused, the other has its own limits.
    if (field === undefined) return;
    const path = `${parent.name}.${field.name}`;
    const type = getNamedType(field.type);
    const below: Price = { fixed: weightByField[path] ?? (isCompositeType(type) ? 1 : 0), each: [] };
    const asked = sizeAsked(path, field, node);
    if (node.selectionSet) add(below, type, node.selectionSet, asked ?? assumedSize);
    const isList = isListType(getNullableType(field.type));
    const size = isList ? (asked ?? (listsOfPage.has(field.name) ? page : assumedSize)) : 1;
    times(total, size, below);
  }

  const total: Price = { fixed: 0, each: [] };
  add(total, schema.getRootType(operation.operation) ?? undefined, operation.selectionSet, assumedSize);
  return (variables) => reckon(total, variables);
}

function fieldOf(
  parent: { getFields(): Record<string, GraphQLField<unknown, unknown>> },
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return Object.hasOwn(parent.getFields(), name) ? parent.getFields()[name] : undefined;
}

/** How many members the caller asks for, where an argument says so. */
function sizeAsked(path: string, field: GraphQLField<unknown, unknown>, node: FieldNode): Size | undefined {
  const name = sizeArgumentByField[path];
  if (name === undefined) return undefined;
  const usual = field.args.find((argument) => argument.name === name)?.defaultValue;
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value === undefined) return countIn(usual);
  if (value.kind === Kind.VARIABLE) {
    const variable = value.name.value;
    return (variables) => countIn(variables[variable] ?? usual);
  }
  if (value.kind === Kind.LIST) return value.values.length;
  return value.kind === Kind.INT ? countIn(Number(value.value)) : 1;
}

/** One value where a list is wanted is a list of one. */
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
