import { Kind, visit, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";
import { memoizeWeak, type LimitName } from "../kernel";

/** What is counted of a document's text alone. */
export type Measures = Readonly<
  Record<LimitName & ("depth" | "fields" | "rootFields" | "aliases" | "directives" | "listSize"), number>
>;

interface Extent {
  depth: number;
  fields: number;
  rootFields: number;
  aliases: number;
}

/**
 * Measures the largest operation of a document. A fragment is measured once and added wherever it is spread, so that
 * fragments that double each other are counted without ever being unfolded.
 */
export function measure(document: DocumentNode): Measures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const underWay = new Set<FragmentDefinitionNode>();
  const extentOfFragment = memoizeWeak((fragment: FragmentDefinitionNode) => extentOf(fragment.selectionSet));

  function extentOf({ selections }: SelectionSetNode): Extent {
    const extent = { depth: 0, fields: 0, rootFields: 0, aliases: 0 };
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet ? extentOf(selection.selectionSet) : undefined;
        extent.depth = Math.max(extent.depth, 1 + (below?.depth ?? 0));
        extent.fields += 1 + (below?.fields ?? 0);
        extent.rootFields += 1;
        extent.aliases += (selection.alias ? 1 : 0) + (below?.aliases ?? 0);
      } else {
        const spread =
          selection.kind === Kind.INLINE_FRAGMENT ? extentOf(selection.selectionSet) : ofSpread(selection.name.value);
        extent.depth = Math.max(extent.depth, spread?.depth ?? 0);
        extent.fields += spread?.fields ?? 0;
        extent.rootFields += spread?.rootFields ?? 0;
        extent.aliases += spread?.aliases ?? 0;
      }
    }
    return extent;
  }

  /** A fragment that leads back to itself is refused by GraphQL's own rules; here it only must come to an end. */
  function ofSpread(name: string): Extent | undefined {
    const fragment = fragments.get(name);
    if (fragment === undefined || underWay.has(fragment)) return undefined;
    underWay.add(fragment);
    const extent = extentOfFragment(fragment);
    underWay.delete(fragment);
    return extent;
  }

  const measures = { depth: 0, fields: 0, rootFields: 0, aliases: 0, ...countEverywhere(document) };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, rootFields, aliases } = extentOf(definition.selectionSet);
    measures.depth = Math.max(measures.depth, depth);
    measures.fields = Math.max(measures.fields, fields);
    measures.rootFields = Math.max(measures.rootFields, rootFields);
    measures.aliases = Math.max(measures.aliases, aliases);
  }
  return measures;
}

function countEverywhere(document: DocumentNode): { directives: number; listSize: number } {
  const counts = { directives: 0, listSize: 0 };
  visit(document, {
    [Kind.DIRECTIVE]() {
      counts.directives += 1;
    },
    [Kind.LIST]({ values }) {
      counts.listSize = Math.max(counts.listSize, values.length);
    },
  });
  return counts;
}
