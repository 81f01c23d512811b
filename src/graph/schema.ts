import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import {
  parse,
  specifiedDirectives,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type GraphQLFieldResolver,
} from "graphql";
import { buildSchemaSync, createResolversMap, type NonEmptyArray, type PubSub } from "type-graphql";
import { validate, type ValidationError } from "class-validator";
import { Fault } from "../kernel";
import { AccessEventResolver, AuditTrailResolver, ConsentRecordResolver } from "./audit";
import {
  ConsentResolver,
  ConsentRevocationResolver,
  ErasureResolver,
  sessionById,
  SessionResolver,
  AadhaarLinkResolver,
  SessionMutationResolver,
  SessionQueryResolver,
  SessionSubscriptionResolver,
} from "./session";
import type { GraphContext } from "./context";
import { linkById, LinkMutationResolver, LinkQueryResolver, LinkResolver, LinkSubscriptionResolver } from "./link";
import { publishCosts } from "./costs";
import { resolveEntities } from "./entities";
import { EventResolver, eventById, WebhookEndpointResolver, WebhookMutationResolver } from "./events";
import { FilingDocumentResolver } from "./filing";
import { filingById, ProfileResolver, TaxpayerResolver, taxpayerById, TaxpayerQueryResolver } from "./taxpayer";
import { guard, sensitiveDirective } from "./authorization";
import { NodeQueryResolver } from "./nodeQuery";
import { PlanQueryResolver, ProviderHealthResolver, ProviderResolver } from "./providers";
import { RateLimitResolver } from "./rateLimit";
import {
  ComplianceResultResolver,
  ComplianceRunResolver,
  runById,
  RunMutationResolver,
  RunQueryResolver,
  RunSubscriptionResolver,
} from "./runs";

/**
 * Validates arguments and inputs by the rules on their classes. The fault names the field and never its value: the errors
 * of the library carry the whole input.
 */
async function refuseInvalid(value: unknown): Promise<void> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const [error] = await validate(value, {
    forbidUnknownValues: false,
    skipMissingProperties: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (error === undefined) return;
  const { field, hint } = innermost(error);
  throw new Fault("BAD_INPUT", { field, ...(hint !== undefined && { hint: `${hint}.` }) });
}

/** The path of a field in a nested input: "consent.dataLifeDays". */
function innermost({ property, constraints, children }: ValidationError): { field: string; hint: string | undefined } {
  const [child] = children ?? [];
  if (child === undefined) return { field: property, hint: Object.values(constraints ?? {})[0] };
  const { field, hint } = innermost(child);
  return { field: `${property}.${field}`, hint };
}

type Resolver = GraphQLFieldResolver<unknown, GraphContext>;
type Read = (...given: Parameters<Resolver>) => unknown;

const { fieldResolvers, inputTypes, mutations, objectTypes, queries } = TypeGraphQLMetadataStorage;
type FieldMetadata = (typeof fieldResolvers)[number];
type ParamMetadata = NonNullable<FieldMetadata["params"]>[number];

/**
 * The resolvers of fields whose arguments are plain values, called directly. type-graphql would make a promise of every
 * argument to validate it, which only input classes need.
 */
function directFields(): Record<string, Record<string, Resolver>> {
  const resolversByType: Record<string, Record<string, Resolver>> = {};
  for (const field of fieldResolvers) {
    const type = objectTypes.find(({ target }) => target === field.getObjectType?.());
    const resolver = directResolver(field);
    if (type && resolver) (resolversByType[type.name] ??= {})[field.schemaName] = resolver;
  }
  return resolversByType;
}

function directResolver({
  kind,
  target,
  methodName,
  params = [],
  middlewares = [],
}: FieldMetadata): Resolver | undefined {
  const reads = params.toSorted((one, other) => one.index - other.index).map(readerOf);
  if (kind !== "external" || middlewares.length > 0 || !reads.every((read) => read !== undefined)) return undefined;
  const instance = new (target as new () => Record<string, (...args: unknown[]) => unknown>)();
  const method = instance[methodName];
  return (
    method &&
    ((...given) =>
      method.apply(
        instance,
        reads.map((read) => read(...given)),
      ))
  );
}

/** Undefined for a parameter that only type-graphql can supply. */
function readerOf(param: ParamMetadata): Read | undefined {
  switch (param.kind) {
    case "root":
      return param.propertyName === undefined && param.getType === undefined ? (root) => root : undefined;
    case "context":
      return param.propertyName === undefined ? (_root, _args, context) => context : undefined;
    case "info":
      return (_root, _args, _context, info) => info;
    case "arg": {
      const { name } = param;
      const isInput = inputTypes.some(({ target }) => target === param.getType());
      return isInput ? undefined : (_root, args) => (args as Record<string, unknown>)[name];
    }
    case "args":
    case "custom":
    case "pubSub":
      return undefined;
  }
}

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes", "@cost", "@listSize"])';

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- so type-graphql calls its resolvers
const resolvers: NonEmptyArray<Function> = [
  AccessEventResolver,
  AuditTrailResolver,
  ConsentRecordResolver,
  NodeQueryResolver,
  TaxpayerQueryResolver,
  PlanQueryResolver,
  ProviderHealthResolver,
  ProviderResolver,
  RateLimitResolver,
  SessionQueryResolver,
  ConsentRevocationResolver,
  ErasureResolver,
  SessionMutationResolver,
  SessionSubscriptionResolver,
  SessionResolver,
  AadhaarLinkResolver,
  ConsentResolver,
  LinkQueryResolver,
  LinkMutationResolver,
  LinkSubscriptionResolver,
  LinkResolver,
  RunQueryResolver,
  RunMutationResolver,
  RunSubscriptionResolver,
  ComplianceRunResolver,
  ComplianceResultResolver,
  EventResolver,
  WebhookMutationResolver,
  WebhookEndpointResolver,
  TaxpayerResolver,
  ProfileResolver,
  FilingDocumentResolver,
];

/** type-graphql requires one if there are subscriptions. Our subscriptions have their own sources of events. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error("nothing is published here");
  },
};

interface Graph {
  readonly schema: GraphQLSchema;
  /** The committed text, which a router composes. It leaves out federation's own definitions. */
  readonly sdl: string;
}

export function buildGraph(): Graph {
  // Otherwise type-graphql calls a function for every plain property.
  for (const type of objectTypes) type.simpleResolvers = true;
  // Otherwise root fields would be printed in the order of imports.
  for (const fields of [queries, mutations]) {
    fields.sort((one, other) => resolvers.indexOf(one.target) - resolvers.indexOf(other.target));
  }
  const plain = buildSchemaSync({
    resolvers,
    pubSub: noPubSub,
    directives: [...specifiedDirectives, sensitiveDirective],
    // Federation's directives are unknown here; the subgraph schema below, which knows them, is checked as a whole.
    skipCheck: true,
    validateFn: refuseInvalid,
  });
  publishCosts(plain);
  const sdl = `${federation}\n\n${printSchemaWithDirectives(plain)}\n`;
  const made = withDirectFields(createResolversMap(plain) as GraphQLResolverMap);
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      resolvers: {
        ...made,
        Query: { ...made.Query, _service: () => ({ sdl }), _entities: resolveEntities },
        Node: { __resolveType: typenameOf },
        Taxpayer: { ...made.Taxpayer, __resolveReference: byReference(taxpayerById) },
        Filing: { ...made.Filing, __resolveReference: byReference(filingById) },
        Session: { ...made.Session, __resolveReference: byReference(sessionById) },
        Link: { ...made.Link, __resolveReference: byReference(linkById) },
        ComplianceRun: { ...made.ComplianceRun, __resolveReference: byReference(runById) },
        Event: { ...made.Event, __resolveReference: byReference(eventById) },
      } as GraphQLResolverMap,
    },
  ]);
  return { schema: guard(schema), sdl };
}

function withDirectFields(made: GraphQLResolverMap): GraphQLResolverMap {
  const direct = Object.entries(directFields()).map(([type, fields]) => [type, { ...made[type], ...fields }]);
  return { ...made, ...(Object.fromEntries(direct) as GraphQLResolverMap) };
}

/** Replaces type-graphql's asynchronous one: compiled operations cannot wait for the name of a type. */
function typenameOf({ __typename }: { __typename: string }): string {
  return __typename;
}

function byReference<Entity>(byId: (id: string, context: GraphContext, info: GraphQLResolveInfo) => Promise<Entity>) {
  return ({ id }: { id: string }, context: GraphContext, info: GraphQLResolveInfo) => byId(id, context, info);
}
