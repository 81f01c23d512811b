import { Kind, visit, type DirectiveNode, type DocumentNode, type SelectionNode, type ValueNode } from "graphql";
import { memoizeWeak } from "../../kernel";
import type { Variables } from "./variables";

const conditionNames: ReadonlySet<string> = new Set(["skip", "include"]);

/** The variables that decide what a document selects; undefined where nothing in it is conditional. */
export const conditionsOf = memoizeWeak((document: DocumentNode): readonly string[] | undefined => {
  const values: (ValueNode | undefined)[] = [];
  visit(document, {
    [Kind.DIRECTIVE](directive) {
      if (isCondition(directive)) values.push(valueIn(directive));
    },
  });
  const names = values.flatMap((value) => (value?.kind === Kind.VARIABLE ? value.name.value : []));
  return values.length > 0 ? [...new Set(names)] : undefined;
});

/**
 * The document as these variables leave it, without conditions. The compiler mixes up the conditions of a fragment that is
 * spread twice. Each result has field nodes of its own, because selections are cached by node.
 */
export function withoutConditions(document: DocumentNode, variables: Variables): DocumentNode {
  const decide = (node: SelectionNode) => {
    const conditions = node.directives?.filter(isCondition) ?? [];
    if (conditions.some((condition) => isSkippedBy(condition, variables))) return null;
    return { ...node, directives: node.directives?.filter((directive) => !isCondition(directive)) ?? [] };
  };
  return visit(document, {
    [Kind.FIELD]: decide,
    [Kind.INLINE_FRAGMENT]: decide,
    [Kind.FRAGMENT_SPREAD]: decide,
  });
}

function isSkippedBy(directive: DirectiveNode, variables: Variables): boolean {
  const value = valueIn(directive);
  const decision =
    value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
  return decision === (directive.name.value === "skip");
}

function isCondition({ name }: DirectiveNode): boolean {
  return conditionNames.has(name.value);
}

function valueIn({ arguments: given }: DirectiveNode) {
  return given?.find(({ name }) => name.value === "if")?.value;
}
