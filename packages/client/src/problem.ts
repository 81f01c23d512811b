import type { Blame, ProblemCode, ProviderId } from "./operations.ts";

interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: object;
}

/** Why a field, or all of an operation, could not be answered. `code` is a ProblemCode, or one of GraphQL's own. */
export class GraphQLProblem extends Error {
  override readonly name = "GraphQLProblem";
  readonly code: ProblemCode | "GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED" | "BAD_USER_INPUT";
  readonly blame: Blame | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly provider: ProviderId | undefined;
  readonly requestId: string | undefined;
  readonly path: readonly (string | number)[];

  constructor({ message, path, extensions = {} }: GraphError) {
    super(message);
    const told = extensions as Partial<GraphQLProblem>;
    this.code = told.code ?? "INTERNAL";
    this.blame = told.blame;
    this.retryable = told.retryable ?? false;
    this.retryAfterSeconds = told.retryAfterSeconds;
    this.provider = told.provider;
    this.requestId = told.requestId;
    this.path = path ?? [];
  }
}

/** There was no answer, or none that is GraphQL: the service is away, or something stands before it. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  /** Of the HTTP reply, if there was one. */
  readonly status: number | undefined;

  constructor(status?: number, options?: ErrorOptions) {
    super("The service cannot be reached.", options);
    this.status = status;
  }
}
