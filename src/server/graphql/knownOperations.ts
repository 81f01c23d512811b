import type { HTTPGraphQLRequest } from "@apollo/server";
import { LRUCache } from "lru-cache";
import { Kind, OperationTypeNode, type DocumentNode } from "graphql";
import type { Operation } from "../../graph";
import type { Admitted } from "../../guard";

/** How Apollo has answered the same text before: which document it is, and with which headers a success is sent. */
interface Known {
  readonly admitted: Admitted;
  /** The one that was executed, and so is compiled. */
  readonly document: DocumentNode;
  readonly headers: Readonly<Record<string, string>>;
}

interface KnownOperations {
  /** Undefined for whatever Apollo must look at: it judges what it has not seen, and all that is not the plain case. */
  find(request: HTTPGraphQLRequest): (Operation & Known) | undefined;
  learn(request: HTTPGraphQLRequest, known: Known): void;
}

const most = 1_000;
const longestText = 20_000;
const plainFields: ReadonlySet<string> = new Set(["query", "operationName", "variables"]);

/** Operations that were parsed and validated before, and need not be a second time. */
export function createKnownOperations(): KnownOperations {
  const knownByText = new LRUCache<string, Known>({ max: most });

  return {
    find(request) {
      const asked = plainlyAsked(request);
      if (asked === undefined) return undefined;
      const known = knownByText.get(keyOf(request, asked.query));
      if (known === undefined) return undefined;
      const { operationName, variables } = asked;
      return { ...known, operationName: operationName ?? undefined, variables: variables ?? {} };
    },
    learn(request, known) {
      const asked = plainlyAsked(request);
      if (asked === undefined || asked.query.length > longestText || hasSubscription(known.document)) return;
      knownByText.set(keyOf(request, asked.query), known);
    },
  };
}

interface PlainBody {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

function plainlyAsked({ method, body }: HTTPGraphQLRequest): PlainBody | undefined {
  if (method !== "POST" || !isRecord(body)) return undefined;
  const { query, operationName, variables } = body;
  const isPlain =
    typeof query === "string" &&
    (operationName === undefined || operationName === null || typeof operationName === "string") &&
    (variables === undefined || variables === null || isRecord(variables)) &&
    Object.keys(body).every((name) => plainFields.has(name));
  return isPlain ? (body as unknown as PlainBody) : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** In which media type an answer is sent depends on what was asked for. */
function keyOf({ headers }: HTTPGraphQLRequest, query: string): string {
  return `${headers.get("accept") ?? ""}\n${query}`;
}

function hasSubscription({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.SUBSCRIPTION,
  );
}

/** What Apollo asks of a cache of parsed documents. */
interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** Keeps the latest documents, but for those that may not be kept. */
export function createDocumentStore(mayBeKept: (document: DocumentNode) => boolean): DocumentStore {
  const documentByKey = new LRUCache<string, DocumentNode>({ max: most });
  return {
    get: (key) => Promise.resolve(documentByKey.get(key)),
    set(key, document) {
      if (mayBeKept(document)) documentByKey.set(key, document);
      return Promise.resolve();
    },
    delete: (key) => Promise.resolve(documentByKey.delete(key)),
  };
}
