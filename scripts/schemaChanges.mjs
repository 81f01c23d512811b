import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildASTSchema, parse, print, visit } from "graphql";

/** A field that loses one of these is open to callers, or shown in places, that it was closed to. */
const guards = ["authenticated", "requiresScopes", "policy", "sensitive"];

/** What one SDL breaks for those who rely on another, and what may surprise them, a sentence each. */
export async function schemaChanges(beforeSdl, afterSdl) {
  const [before, after] = [beforeSdl, afterSdl].map((sdl) => {
    const document = parse(sdl);
    // Federation's directives are used here without being defined.
    return { document, schema: buildASTSchema(document, { assumeValidSDL: true }) };
  });
  const changes = await diff(before.schema, after.schema);
  const breaking = changes.filter((change) => isBreaking(change)).map(sentence);
  const dangerous = changes
    .filter((change) => !isBreaking(change) && change.criticality.level === CriticalityLevel.Dangerous)
    .filter(({ meta }) => directiveOf(meta) !== "key")
    .map(sentence);
  return { breaking: [...breaking, ...lostKeys(before, after)], dangerous };
}

function isBreaking({ criticality, type, meta }) {
  if (criticality.level === CriticalityLevel.Breaking) return true;
  if (!guards.includes(directiveOf(meta))) return false;
  // A changed argument comes as a removal and an addition: the addition has both values.
  return type === "DIRECTIVE_USAGE_ARGUMENT_ADDED" ? meta.oldArgumentValue !== null : isLoss(type);
}

function isLoss(type) {
  return /^DIRECTIVE_USAGE_.*_REMOVED$/.test(type) && type !== "DIRECTIVE_USAGE_ARGUMENT_REMOVED";
}

function directiveOf({ removedDirectiveName, addedDirectiveName, directiveName }) {
  return removedDirectiveName ?? addedDirectiveName ?? directiveName;
}

/** The library's words, but for an argument it does not say where: a reason must not pass for another place. */
function sentence({ message, path, type, meta }) {
  if (type !== "DIRECTIVE_USAGE_ARGUMENT_ADDED") return `${message}.`;
  return `${path} was changed from ${meta.oldArgumentValue} to ${meta.addedArgumentValue}.`;
}

/** The library compares repeated directives by place, yet other subgraphs refer to a type by its keys in any order. */
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
