import "reflect-metadata";
import { buildSubgraphSchema, entitiesResolver, type GraphQLResolverMap } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { parse, type GraphQLResolveInfo, type GraphQLSchema } from "graphql";
import { buildSchemaSync, createResolversMap } from "type-graphql";
import type { GraphContext } from "./context";
import { ProviderResolver } from "./provider";
import { TaxpayerResolver, type Taxpayer } from "./taxpayer";
import { refuseInvalid } from "./validation";
import { taxpayerById, TaxpayerQueryResolver } from "./taxpayerQuery";

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

export interface Graph {
  readonly schema: GraphQLSchema;
  /** What a router composes: the committed text, and not a printing of it with federation's own definitions. */
  readonly sdl: string;
}

export function buildGraph(): Graph {
  const plain = buildSchemaSync({
    resolvers: [TaxpayerQueryResolver, TaxpayerResolver, ProviderResolver],
    // Federation's directives are unknown here; the subgraph schema below, which knows them, is checked as a whole.
    skipCheck: true,
    validateFn: refuseInvalid,
  });
  const sdl = `${federation}\n\n${printSchemaWithDirectives(plain)}\n`;
  const resolvers = createResolversMap(plain);
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      resolvers: {
        ...resolvers,
        Query: { ...resolvers.Query, _service: () => ({ sdl }), _entities: resolveEntities },
        Node: { __resolveType: typenameOf },
        Taxpayer: { ...resolvers.Taxpayer, __resolveReference },
      } as GraphQLResolverMap,
    },
  ]);
  return { schema, sdl };
}

/** In place of type-graphql's own, which is asynchronous: compiled operations cannot wait for the name of a type. */
function typenameOf({ __typename }: { __typename: string }): string {
  return __typename;
}

function __resolveReference(
  reference: { id: string },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Taxpayer> {
  return taxpayerById(reference.id, context, info);
}

/** Hands over a list that is there: of a list of promises, a compiled operation loses the rejected ones at the end. */
async function resolveEntities(
  _root: unknown,
  { representations }: { representations: { __typename: string }[] },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown[]> {
  const entities = await Promise.allSettled(entitiesResolver({ representations, context, info }));
  return entities.map((entity) => (entity.status === "fulfilled" ? entity.value : entity.reason) as unknown);
}
