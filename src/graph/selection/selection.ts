import {
  getNamedType,
  isObjectType,
  Kind,
  visit,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from "graphql";
import { collectSubfields } from "graphql/execution/collectFields";
import { getArgumentValues } from "graphql/execution/values";
import { memoizeWeak, lazy } from "../../kernel";

/** One selected field as it will be resolved: fragments are spread, directives and variables are applied. */
export interface Selection {
  /** The type that it is a field of. */
  readonly type: string;
  readonly name: string;
  arguments(): Readonly<Record<string, unknown>>;
  /** The fields selected below it. */
  fields(): readonly Selection[];
}

/** Undefined for a selection that depends on variables. */
type SelectionByType = Map<GraphQLObjectType, readonly Selection[] | undefined>;

/**
 * Caches selections of repeated documents. The key is field node and type, because a node such as `_entities` has a
 * different selection for each type. An entry lives as long as its document.
 */
const selectionByTypeOf = memoizeWeak<FieldNode, SelectionByType>(() => new Map());

/**
 * The fields of one object type that are selected below the field being resolved. They are read beforehand, so that a
 * taxpayer's documents are gathered in one batch. A selection without variables is read once.
 */
export function selectedFields(info: GraphQLResolveInfo, type: GraphQLObjectType): readonly Selection[] {
  const [node, ...others] = info.fieldNodes;
  if (node === undefined || others.length > 0) return fieldsBelow(info, type, info.fieldNodes);
  const selectionByType = selectionByTypeOf(node);
  const known = selectionByType.get(type);
  if (known) return known;
  const fields = fieldsBelow(info, type, info.fieldNodes);
  if (!selectionByType.has(type)) {
    selectionByType.set(type, usesVariables(info, node.selectionSet) ? undefined : fields);
  }
  return fields;
}

function usesVariables(info: GraphQLResolveInfo, selections: SelectionSetNode | undefined): boolean {
  let isFound = false;
  const spread = new Set<string>();
  function search(below: SelectionSetNode): void {
    visit(below, {
      [Kind.VARIABLE]() {
        isFound = true;
      },
      [Kind.FRAGMENT_SPREAD]({ name }) {
        const fragment = info.fragments[name.value];
        if (fragment === undefined || spread.has(name.value)) return;
        spread.add(name.value);
        search(fragment.selectionSet);
      },
    });
  }
  if (selections) search(selections);
  return isFound;
}

function fieldsBelow(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): readonly Selection[] {
  const nodesByKey = collectSubfields(info.schema, info.fragments, info.variableValues, type, nodes);
  return [...nodesByKey.values()].flatMap((ofKey) => toSelection(info, type, ofKey) ?? []);
}

/** Fields with one response name are one field, with the selections of all of them. */
function toSelection(
  info: GraphQLResolveInfo,
  parent: GraphQLObjectType,
  nodes: readonly FieldNode[],
): Selection | undefined {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  // `__typename` is no field of the type.
  if (node === undefined || field === undefined) return undefined;
  return {
    type: parent.name,
    name: field.name,
    arguments: lazy(() => getArgumentValues(field, node, info.variableValues)),
    fields: lazy(() => {
      const type = getNamedType(field.type);
      return isObjectType(type) ? fieldsBelow(info, type, nodes) : [];
    }),
  };
}
