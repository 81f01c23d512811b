import {
  buildSchema,
  executeSync,
  parse,
  print,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from "graphql";
import { selectedFields, type Selection } from "../../src/graph/selection/selection";
import { insightsContract, readingContract } from "./readingContract";

const schema = buildSchema(readingContract + insightsContract);

/** What this query selects of a taxpayer: "{ profile { name } }", with or without variables. */
export function selectionOf(query: string, variableValues: Record<string, unknown> = {}): readonly Selection[] {
  return selectionIn(parse(query), variableValues);
}

export function selectionIn(
  document: DocumentNode,
  variableValues: Record<string, unknown> = {},
): readonly Selection[] {
  let selected: readonly Selection[] | undefined;
  const rootValue = {
    taxpayer(_arguments: unknown, _context: unknown, info: GraphQLResolveInfo) {
      selected = selectedFields(info, schema.getType("Taxpayer") as GraphQLObjectType);
      return {};
    },
  };
  executeSync({ schema, document, rootValue, variableValues });
  if (selected === undefined) throw new Error(`This query is not valid: ${print(document)}`);
  return selected;
}
