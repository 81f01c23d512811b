import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from "graphql";
import { collectSubfields } from "graphql/execution/collectFields";
import { getArgumentValues } from "graphql/execution/values";

/** One selected field, as it will be resolved: fragments spread, directives heeded, variables filled in. */
export interface SelectedField {
  readonly name: string;
  arguments(): Record<string, unknown>;
}

/**
 * The fields selected of one object type below the field that is being resolved. Reading them beforehand lets a taxpayer's
 * documents be gathered in one go, and its fields then be plain properties.
 */
export function selectedFields(info: GraphQLResolveInfo, type: GraphQLObjectType): SelectedField[] {
  const nodes = collectSubfields(info.schema, info.fragments, info.variableValues, type, info.fieldNodes);
  return [...nodes.values()].flatMap(([node]) => (node === undefined ? [] : [toSelected(info, type, node)]));
}

function toSelected(info: GraphQLResolveInfo, type: GraphQLObjectType, node: FieldNode): SelectedField {
  const name = node.name.value;
  return {
    name,
    arguments() {
      const field = type.getFields()[name];
      return field === undefined ? {} : getArgumentValues(field, node, info.variableValues);
    },
  };
}
