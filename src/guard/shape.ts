import {
  Kind,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { SensitiveNames } from "../graph";

/**
 * The name of an operation for logs. Callers choose names and may use a PAN, an Aadhaar number or a one-time password. Each
 * of these has four digits in a row, with or without separators.
 */
export function loggableName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return name.length <= 80 && !/\d{4}/.test(name.replaceAll("_", "")) ? name : "(withheld)";
}

const longest = 400;

/**
 * An operation as logs may show it: fields and argument names, with fragments unfolded. It holds nothing that the caller
 * chose: no alias, value or variable name. Its size is bounded.
 */
export function shapeOf(document: DocumentNode, operation: OperationDefinitionNode, names: SensitiveNames): string {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  function selectionSet({ selections }: SelectionSetNode, around: readonly string[]): string {
    const parts = selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return field(selection, around);
      if (selection.kind === Kind.INLINE_FRAGMENT) return selectionSet(selection.selectionSet, around);
      const name = selection.name.value;
      const fragment = around.includes(name) ? undefined : fragments.get(name);
      return fragment ? selectionSet(fragment.selectionSet, [...around, name]) : [];
    });
    return parts.join(" ");
  }

  function field({ name, arguments: given = [], selectionSet: below }: FieldNode, around: readonly string[]): string {
    const args = given.length > 0 ? `(${given.map(argument).join(", ")})` : "";
    return `${loggableName(name.value) ?? ""}${args}${below ? ` { ${selectionSet(below, around)} }` : ""}`;
  }

  function argument({ name }: ArgumentNode): string {
    const known = name.value.toLowerCase();
    const isSensitive = names.secret.has(known) || names.personal.has(known);
    return isSensitive ? `${name.value}: ***` : (loggableName(name.value) ?? "");
  }

  const shape = `${operation.operation} { ${selectionSet(operation.selectionSet, [])} }`;
  return shape.length > longest ? `${shape.slice(0, longest)}…` : shape;
}
