import "reflect-metadata";
import { buildSubgraphSchema, printSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { parse, type GraphQLResolveInfo, type GraphQLSchema } from "graphql";
import { buildSchemaSync, createResolversMap } from "type-graphql";
import type { GraphContext } from "./context";
import { ProviderResolver } from "./provider";
import { TaxpayerResolver, type Taxpayer } from "./taxpayer";
import { taxpayerById, TaxpayerQueryResolver } from "./taxpayerQuery";

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

export function buildGraphSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [TaxpayerQueryResolver, TaxpayerResolver, ProviderResolver],
    // Federation's directives are unknown here; the subgraph schema below, which knows them, is checked as a whole.
    skipCheck: true,
    validate: false,
  });
  const resolvers = createResolversMap(schema);
  return buildSubgraphSchema([
    {
      typeDefs: parse(`${federation}\n${printSchemaWithDirectives(schema)}`),
      resolvers: { ...resolvers, Taxpayer: { ...resolvers.Taxpayer, __resolveReference } } as GraphQLResolverMap,
    },
  ]);
}

function __resolveReference(
  reference: { id: string },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Taxpayer> {
  return taxpayerById(reference.id, context, info);
}

export function printGraphSchema(schema: GraphQLSchema): string {
  return `${printSubgraphSchema(schema).trim()}\n`;
}
