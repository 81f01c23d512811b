import {
  getOperationAST,
  GraphQLError,
  parse,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  Kind,
  visit,
  type ArgumentNode,
  type ObjectFieldNode,
  type ValueNode,
} from "graphql";
import { sensitiveNames } from "../graph";
import { Fault, beyond, type LimitName, type Limits, memoizeWeak } from "../kernel";
import { measure } from "./measure";
import { priceOf } from "./price";

/**
 * Whether a document holds a literal value for one of these arguments or input fields, or the default of a variable used
 * there. Names are compared without case and without types, because a misplaced secret must not be kept either.
 */
function holdsLiteralFor(names: ReadonlySet<string>, document: DocumentNode): boolean {
  const given: ValueNode[] = [];
  const withDefault = new Set<string>();
  const look = ({ name, value }: ArgumentNode | ObjectFieldNode) => {
    if (names.has(name.value.toLowerCase())) given.push(value);
  };
  visit(document, {
    [Kind.ARGUMENT]: look,
    [Kind.OBJECT_FIELD]: look,
    [Kind.VARIABLE_DEFINITION]({ variable, defaultValue }) {
      if (defaultValue && isOwnValue(defaultValue)) withDefault.add(variable.name.value);
    },
  });
  return given.some((value) => isOwnValue(value) || variablesIn(value).some((variable) => withDefault.has(variable)));
}

/** Whether these arguments or input fields are given at all, in the document's text or in the variables beside it. */
function mentions(names: ReadonlySet<string>, document: DocumentNode, variables: object): boolean {
  const given = new Set<string>();
  const look = ({ name }: ArgumentNode | ObjectFieldNode) => {
    given.add(name.value.toLowerCase());
  };
  visit(document, { [Kind.ARGUMENT]: look, [Kind.OBJECT_FIELD]: look });
  return [...names].some((name) => given.has(name)) || isKeyIn(names, variables);
}

function isKeyIn(names: ReadonlySet<string>, value: object): boolean {
  return Object.entries(value).some(
    ([key, member]) =>
      names.has(key.toLowerCase()) ||
      (typeof member === "object" && member !== null && isKeyIn(names, member as object)),
  );
}

/** A real value: not a variable, not null, and not a list of only these. */
function isOwnValue(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(isOwnValue);
  return value.kind !== Kind.VARIABLE && value.kind !== Kind.NULL;
}

function variablesIn(value: ValueNode): string[] {
  if (value.kind === Kind.VARIABLE) return [value.name.value];
  return value.kind === Kind.LIST ? value.values.flatMap(variablesIn) : [];
}

/** Refuses variables that are nested too deeply, or hold a list that is too long. It never looks deeper than that. */
function judgeVariables(variables: object, limits: Limits): void {
  judge(variables, 0, limits);
}

function judge(value: object, depth: number, limits: Limits): void {
  if (depth > limits.variableDepth) throw beyond("variableDepth", limits);
  if (Array.isArray(value) && value.length > limits.listSize) throw beyond("listSize", limits);
  for (const member of Object.values(value) as unknown[]) {
    if (typeof member === "object" && member !== null) judge(member, depth + 1, limits);
  }
}

type Variables = Readonly<Record<string, unknown>>;

interface Asked {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  /** True for GET: proxies log addresses. */
  readonly isInAddress: boolean;
}

/** A document within the limits of documents. Limits that depend on variables are checked on each request. */
export interface Admitted {
  readonly document: DocumentNode;
  /** Throws for variables beyond the limits, and returns the cost. */
  judge(operationName: string | undefined, variables: Variables): number;
}

export interface Guard {
  /** Throws for what is refused. Undefined: the text does not parse, which Apollo or the WebSocket reports. */
  admit(asked: Asked): Admitted | undefined;
  /** False for a document with personal data in its text, which then stays in no cache. */
  mayBeKept(document: DocumentNode): boolean;
}

const measured = ["depth", "fields", "rootFields", "aliases", "directives", "listSize"] as const;

/** Checks a document before it is validated, run, logged or cached. */
export function createGuard(schema: GraphQLSchema, limits: Limits): Guard {
  const { secret, personal } = sensitiveNames(schema);

  function judgeDocument(document: DocumentNode): void {
    const measures = measure(document);
    const tooMuch = measured.find((name) => measures[name] > limits[name]);
    if (tooMuch !== undefined) throw beyond(tooMuch, limits);
  }

  function refuseSecrets(document: DocumentNode, { isInAddress, variables }: Asked): void {
    if (holdsLiteralFor(secret, document)) {
      throw new Fault("BAD_INPUT", { hint: "A password, one-time password or token is sent as a variable only." });
    }
    if (isInAddress && mentions(secret, document, variables)) {
      throw new Fault("BAD_INPUT", { hint: "What takes a password, one-time password or token is sent by POST only." });
    }
  }

  return {
    admit(asked) {
      judgeVariables(asked.variables, limits);
      const document = parsed(asked.text, limits);
      if (document === undefined) return undefined;
      refuseSecrets(document, asked);
      judgeDocument(document);
      const priceOfOperation = memoizeWeak((operation: OperationDefinitionNode) =>
        priceOf(schema, document, operation),
      );
      return {
        document,
        judge(operationName, variables) {
          judgeVariables(variables, limits);
          const operation = getOperationAST(document, operationName);
          const cost = operation ? priceOfOperation(operation)(variables) : 0;
          if (cost > limits.cost) throw beyond("cost", limits);
          return cost;
        },
      };
    },
    mayBeKept: (document) => !holdsLiteralFor(personal, document),
  };
}

function parsed(text: string, limits: Limits): DocumentNode | undefined {
  try {
    return parse(text, { maxTokens: limits.tokens });
  } catch (thrown) {
    const name = limitMet(thrown);
    if (name === undefined) return undefined;
    throw beyond(name, limits);
  }
}

function limitMet(thrown: unknown): LimitName | undefined {
  // The parser recurses for each level, until the stack overflows.
  if (thrown instanceof RangeError) return "depth";
  const isAboutTokens = thrown instanceof GraphQLError && /contains more that? \d+ tokens/.test(thrown.message);
  return isAboutTokens ? "tokens" : undefined;
}
