import { buildSchema, graphqlSync, type GraphQLObjectType, type GraphQLResolveInfo } from "graphql";
import { selectedFields, type Selection } from "../../src/graph/selection";
import { readingContract } from "./readingContract";

const schema = buildSchema(readingContract);

/** What this query selects of a taxpayer: "{ profile { name } }", with or without variables. */
export function selectionOf(query: string, variableValues: Record<string, unknown> = {}): readonly Selection[] {
  let selected: readonly Selection[] | undefined;
  const rootValue = {
    taxpayer(_arguments: unknown, _context: unknown, info: GraphQLResolveInfo) {
      selected = selectedFields(info, schema.getType("Taxpayer") as GraphQLObjectType);
      return {};
    },
  };
  graphqlSync({ schema, source: query, rootValue, variableValues });
  if (selected === undefined) throw new Error(`This query is not valid: ${query}`);
  return selected;
}
