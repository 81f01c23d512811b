import type { HTTPGraphQLRequest } from "@apollo/server";
import { LRUCache } from "lru-cache";
import { Kind, OperationTypeNode, type DocumentNode } from "graphql";
import type { Operation } from "../../graph";
import type { Admitted } from "../../guard";

/** What Apollo has found out about a text: its document, and the headers of a success. */
interface Known {
  readonly admitted: Admitted;
  /** The document that was executed, so that its compiled form is reused. */
  readonly document: DocumentNode;
  readonly headers: Readonly<Record<string, string>>;
}

interface KnownOperations {
  /** Undefined for a text that is new, and for a request that is not a plain POST: those go to Apollo. */
  find(request: HTTPGraphQLRequest): (Operation & Known) | undefined;
  learn(request: HTTPGraphQLRequest, known: Known): void;
}

const most = 1_000;
const longestText = 20_000;
const plainFields: ReadonlySet<string> = new Set(["query", "operationName", "variables"]);

/** Caches operations that Apollo has parsed and validated. */
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

/** The Accept header decides the media type of the answer, which is part of the cached headers. */
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

/** Caches documents, except those that may not be kept. */
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
