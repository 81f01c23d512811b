import { Kind, visit, type ArgumentNode, type DocumentNode, type ObjectFieldNode, type ValueNode } from "graphql";

/**
 * Whether a document holds a value of its own for one of these arguments or input fields: as a literal anywhere, or as the
 * default of a variable that is put there. Names are compared without regard to case, and types are not asked: what is
 * misspelt or misplaced must not be kept either.
 */
export function holdsLiteralFor(names: ReadonlySet<string>, document: DocumentNode): boolean {
  const given: ValueNode[] = [];
  const withDefault = new Set<string>();
  const look = ({ name, value }: ArgumentNode | ObjectFieldNode) => {
    if (names.has(name.value.toLowerCase())) given.push(value);
  };
  visit(document, {
    [Kind.ARGUMENT]: look,
    [Kind.OBJECT_FIELD]: look,
    [Kind.VARIABLE_DEFINITION]({ variable, defaultValue }) {
      if (defaultValue && isOwnValue(defaultValue)) withDefault.add(variable.name.value);
    },
  });
  return given.some((value) => isOwnValue(value) || variablesIn(value).some((variable) => withDefault.has(variable)));
}

/** Whether these arguments or input fields are given at all, in the document's text or in the variables beside it. */
export function mentions(names: ReadonlySet<string>, document: DocumentNode, variables: object): boolean {
  const given = new Set<string>();
  const look = ({ name }: ArgumentNode | ObjectFieldNode) => {
    given.add(name.value.toLowerCase());
  };
  visit(document, { [Kind.ARGUMENT]: look, [Kind.OBJECT_FIELD]: look });
  return [...names].some((name) => given.has(name)) || isKeyIn(names, variables);
}

function isKeyIn(names: ReadonlySet<string>, value: object): boolean {
  return Object.entries(value).some(
    ([key, member]) =>
      names.has(key.toLowerCase()) ||
      (typeof member === "object" && member !== null && isKeyIn(names, member as object)),
  );
}

/** A value that says something: not a variable, not null, and not a list of nothing else. */
function isOwnValue(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(isOwnValue);
  return value.kind !== Kind.VARIABLE && value.kind !== Kind.NULL;
}

function variablesIn(value: ValueNode): string[] {
  if (value.kind === Kind.VARIABLE) return [value.name.value];
  return value.kind === Kind.LIST ? value.values.flatMap(variablesIn) : [];
}
