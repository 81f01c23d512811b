import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  parseConstValue,
  parseType,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";

interface Costs {
  /** What a field costs by itself. A field with fields of its own costs 1, a plain one nothing; these cost more. */
  readonly weightByField: Readonly<Record<string, number>>;
  /** The argument that says how long a list will be: by its own length, or as a number. */
  readonly sizeArgumentByField: Readonly<Record<string, string>>;
  /** The lists of a page are as long as the page was asked to be. */
  readonly listsOfPage: readonly string[];
  /** For all other lists. They are short in most answers, and their length is not known beforehand. */
  readonly assumedSize: number;
}

/** How the guard prices an operation. A router reads the same from the published schema. */
export const costs: Costs = {
  weightByField: {
    "Mutation.openSession": 200,
    "Mutation.checkAadhaarLink": 50,
    "Mutation.createLink": 50,
    "Mutation.startComplianceRun": 200,
    "Mutation.submitOtp": 50,
    "Mutation.resendOtp": 50,
    "Mutation.eraseTaxpayer": 50,
    "Mutation.redeliver": 50,
    "Taxpayer.compliance": 5,
    "Taxpayer.profile": 2,
    "Taxpayer.filings": 5,
    "Taxpayer.filing": 5,
    "Taxpayer.taxCredits": 5,
    "Taxpayer.informationStatement": 5,
    "Taxpayer.demands": 2,
    "Taxpayer.incomeInsights": 20,
    "Taxpayer.incomeReport": 20,
    "Query.plan": 5,
    "Query.auditTrail": 50,
  },
  sizeArgumentByField: {
    "Query.taxpayers": "pans",
    "Query._entities": "representations",
    "Query.sessions": "first",
    "Query.consentRecords": "first",
    "Query.auditRecords": "first",
    "ComplianceRun.results": "first",
    "Query.events": "first",
    "WebhookEndpoint.deliveries": "first",
    "Taxpayer.filings": "first",
    "Taxpayer.accessEvents": "first",
    "ProviderHealth.history": "periods",
  },
  listsOfPage: ["edges", "nodes"],
  assumedSize: 5,
};

/** A router cannot count the members of an argument, and assumes the longest list that is allowed. */
const longestByArgument: Readonly<Record<string, number>> = { pans: 100 };

type Field = GraphQLField<unknown, unknown>;

/** Publishes what the guard counts as federation's `@cost` and `@listSize`, so that a router can count the same. */
export function publishCosts(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields()) as Field[]) {
      const marks = marksOf(`${type.name}.${field.name}`, field);
      if (marks.length === 0) continue;
      const { name, type: fieldType, astNode } = field;
      const node = astNode ?? {
        kind: Kind.FIELD_DEFINITION,
        name: { kind: Kind.NAME, value: name },
        type: parseType(String(fieldType)),
      };
      field.astNode = { ...node, directives: [...(node.directives ?? []), ...marks] };
    }
  }
}

function marksOf(path: string, field: Field): ConstDirectiveNode[] {
  const weight = costs.weightByField[path];
  const size = listSizeOf(path, field);
  return [
    ...(weight === undefined ? [] : [directive("cost", { weight: String(weight) })]),
    ...(size === undefined ? [] : [directive("listSize", size)]),
  ];
}

function listSizeOf(path: string, field: Field): Record<string, string> | undefined {
  const isList = isListType(getNullableType(field.type));
  const argument = costs.sizeArgumentByField[path];
  if (argument !== undefined) {
    const longest = longestByArgument[argument];
    if (longest !== undefined) return { assumedSize: String(longest) };
    return {
      slicingArguments: JSON.stringify([argument]),
      ...(!isList && { sizedFields: JSON.stringify(costs.listsOfPage) }),
      requireOneSlicingArgument: "false",
    };
  }
  // A list of scalars costs nothing, at any length.
  const isFree = !isList || !isCompositeType(getNamedType(field.type)) || costs.listsOfPage.includes(field.name);
  return isFree ? undefined : { assumedSize: String(costs.assumedSize) };
}

function directive(name: string, values: Record<string, string>): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(values).map(([argument, text]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: parseConstValue(text),
    })),
  };
}
