import {
  getOperationAST,
  GraphQLError,
  parse,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { sensitiveNames } from "../graph/authorization/sensitive";
import { Fault } from "../kernel/fault";
import { beyond, type LimitName, type Limits } from "../kernel/limits";
import { attached } from "../kernel/remembered";
import { judgeVariables } from "./judgeVariables";
import { holdsLiteralFor, mentions } from "./literals";
import { measure } from "./measure";
import { priceOf } from "./price";

export type Variables = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  /** Addresses are kept in the logs of every proxy on the way. */
  readonly isInAddress: boolean;
}

/** A document that is within all limits of its own. What depends on variables is judged each time. */
export interface Admitted {
  readonly document: DocumentNode;
  /** Throws for variables beyond the limits, and answers with the cost. */
  judge(operationName: string | undefined, variables: Variables): number;
}

export interface Guard {
  /** Throws for what is refused. Undefined: it is not GraphQL, and whoever parses it says so. */
  admit(asked: Asked): Admitted | undefined;
  /** False for a document with personal data in its text, which then stays in no cache. */
  mayBeKept(document: DocumentNode): boolean;
}

const measured = ["depth", "fields", "rootFields", "aliases", "directives", "listSize"] as const;

/** Judges a document before anything is validated, run, logged or kept of it. */
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
      const priceOfOperation = attached((operation: OperationDefinitionNode) => priceOf(schema, document, operation));
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
  // The parser calls itself for each level, until there is no room left.
  if (thrown instanceof RangeError) return "depth";
  const isAboutTokens = thrown instanceof GraphQLError && /contains more that? \d+ tokens/.test(thrown.message);
  return isAboutTokens ? "tokens" : undefined;
}
