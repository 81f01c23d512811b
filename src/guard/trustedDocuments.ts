import { hash } from "node:crypto";
import { Kind, parse, validate, type DocumentNode, type GraphQLSchema } from "graphql";
import { Fault } from "../kernel";
import type { Guard } from "./guard";
import { loggableName } from "./shape";

export interface TrustedDocument {
  readonly id: string;
  readonly text: string;
}

/** How a caller names a document: by an id that was registered, by its hash, or by its whole text. */
interface Named {
  readonly id: string | undefined;
  readonly text: string | undefined;
}

export interface TrustedDocuments {
  /** The text of what may be asked; FORBIDDEN for all else. Undefined: nothing was named, so that nothing can run. */
  textOf(named: Named): string | undefined;
}

export function createTrustedDocuments(
  documents: readonly TrustedDocument[],
  { introspection }: { readonly introspection: boolean },
): TrustedDocuments {
  const textById = new Map(documents.map(({ id, text }) => [id, text]));
  for (const { text } of documents) {
    const digest = hash("sha256", text);
    // With the prefix, as the appendix of GraphQL over HTTP writes it; without, as clients of Apollo do.
    textById.set(digest, text).set(`sha256:${digest}`, text);
  }
  const texts = new Set(documents.map(({ text }) => text));

  return {
    textOf({ id, text }) {
      if (id === undefined && text === undefined) return undefined;
      const trusted = id === undefined ? text : textById.get(id);
      if (trusted !== undefined && texts.has(trusted)) return trusted;
      if (introspection && id === undefined && text !== undefined && asksOfSchemaOnly(text)) return text;
      throw new Fault("FORBIDDEN", { hint: "Only documents that were registered beforehand are answered here." });
    },
  };
}

/** Why documents cannot be served, each by its id. Reported at the start. */
export function problemsOf(documents: readonly TrustedDocument[], schema: GraphQLSchema, guard: Guard): string[] {
  return documents.flatMap(({ id, text }) => {
    const complaint = complaintOf(text, schema, guard);
    return complaint === undefined ? [] : [`AAY_TRUSTED_DOCUMENTS: ${nameOf(text) ?? id} is refused. ${complaint}`];
  });
}

function complaintOf(text: string, schema: GraphQLSchema, guard: Guard): string | undefined {
  try {
    const admitted = guard.admit({ text, operationName: undefined, variables: {}, isInAddress: false });
    if (admitted === undefined) return "It is not GraphQL.";
    return validate(schema, admitted.document)[0]?.message;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.message;
    throw thrown;
  }
}

function nameOf(text: string): string | undefined {
  const named = tryParse(text)?.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.name,
  );
  return named?.kind === Kind.OPERATION_DEFINITION ? loggableName(named.name?.value) : undefined;
}

const ofSchema: ReadonlySet<string> = new Set(["__schema", "__type", "__typename"]);

function asksOfSchemaOnly(text: string): boolean {
  const document = tryParse(text);
  return (
    document?.definitions.every(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ||
        (definition.kind === Kind.OPERATION_DEFINITION &&
          definition.selectionSet.selections.every(
            (selection) => selection.kind === Kind.FIELD && ofSchema.has(selection.name.value),
          )),
    ) ?? false
  );
}

function tryParse(text: string): DocumentNode | undefined {
  try {
    return parse(text, { maxTokens: 4_000 });
  } catch {
    return undefined;
  }
}
