import { getNamedType, isObjectType, type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo } from "graphql";
import { collectSubfields } from "graphql/execution/collectFields";
import { getArgumentValues } from "graphql/execution/values";

/** One selected field, as it will be resolved: fragments spread, directives heeded, variables filled in. */
export interface Selection {
  readonly name: string;
  arguments(): Readonly<Record<string, unknown>>;
  /** The fields selected below it. */
  fields(): readonly Selection[];
}

/**
 * The fields selected of one object type below the field that is being resolved. Reading them beforehand lets a taxpayer's
 * documents be gathered in one go, and its fields then be plain properties.
 */
export function selectedFields(info: GraphQLResolveInfo, type: GraphQLObjectType): readonly Selection[] {
  return fieldsBelow(info, type, info.fieldNodes);
}

function fieldsBelow(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): readonly Selection[] {
  const nodesByKey = collectSubfields(info.schema, info.fragments, info.variableValues, type, nodes);
  return [...nodesByKey.values()].flatMap((ofKey) => toSelection(info, type, ofKey) ?? []);
}

/** A field that is written several times under one name is one field, and selects what all of them select. */
function toSelection(
  info: GraphQLResolveInfo,
  parent: GraphQLObjectType,
  nodes: readonly FieldNode[],
): Selection | undefined {
  const [node] = nodes;
  const field = node && parent.getFields()[node.name.value];
  // The name of a type is selected as well, and is no field of it.
  if (node === undefined || field === undefined) return undefined;
  return {
    name: field.name,
    arguments: () => getArgumentValues(field, node, info.variableValues),
    fields() {
      const type = getNamedType(field.type);
      return isObjectType(type) ? fieldsBelow(info, type, nodes) : [];
    },
  };
}
