import { buildASTSchema, findBreakingChanges, findDangerousChanges, parse, print, visit } from "graphql";

/** What one SDL breaks for those who rely on another, and what may surprise them, a sentence each. */
export function schemaChanges(beforeSdl, afterSdl) {
  const [before, after] = [beforeSdl, afterSdl].map((sdl) => {
    const document = parse(sdl);
    // Federation's directives are used here without being defined.
    return { document, schema: buildASTSchema(document, { assumeValidSDL: true }) };
  });
  const changed = findBreakingChanges(before.schema, after.schema).map(({ description }) => description);
  return {
    breaking: [...changed, ...lostKeys(before, after)],
    dangerous: findDangerousChanges(before.schema, after.schema).map(({ description }) => description),
  };
}

/** graphql-js does not look at directives in use, yet other subgraphs refer to a type by its keys. */
function lostKeys(before, after) {
  const keysAfter = new Set(keysOf(after.document));
  return keysOf(before.document)
    .filter((key) => !keysAfter.has(key))
    .map((key) => `${key} was removed.`);
}

function keysOf(document) {
  const keys = [];
  const note = ({ name, directives }) => {
    for (const directive of directives) {
      if (directive.name.value === "key") keys.push(`${name.value} ${print(directive)}`);
    }
  };
  visit(document, { ObjectTypeDefinition: note, ObjectTypeExtension: note, InterfaceTypeDefinition: note });
  return keys;
}
