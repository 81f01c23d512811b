import type { HTTPGraphQLRequest } from "@apollo/server";
import { asObject } from "../../kernel";

type Variables = Readonly<Record<string, unknown>>;

/** What a request asks, wherever in it that stands. Whatever is of another kind than it must be is left for Apollo to refuse. */
interface Question {
  readonly text: string | undefined;
  /** The id or hash of a document that the server is expected to have. */
  readonly id: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  readonly isInAddress: boolean;
}

export function questionIn({ method, search, body }: HTTPGraphQLRequest): Question {
  if (method === "POST") return { ...askedIn(asObject(body) ?? {}), isInAddress: false };
  const parameters = new URLSearchParams(search);
  const texts = Object.fromEntries(parameters);
  const asked = { ...texts, variables: jsonIn(texts.variables), extensions: jsonIn(texts.extensions) };
  return { ...askedIn(asked), isInAddress: true };
}

/** The same for what comes in one object: a body, or a message over WebSocket. */
export function askedIn(asked: Readonly<Record<string, unknown>>): Omit<Question, "isInAddress"> {
  const { query, documentId, operationName, variables, extensions } = asked;
  const persisted = asObject(asObject(extensions)?.persistedQuery);
  const text = textIn(query);
  return {
    text: text === "" ? undefined : text,
    id: textIn(documentId) ?? textIn(persisted?.sha256Hash),
    operationName: textIn(operationName),
    variables: asObject(variables) ?? {},
  };
}

/** What names a document otherwise than by its text. */
const naming: ReadonlySet<string> = new Set(["documentId", "extensions"]);

/** The same request with the text that its id stands for. */
export function withText(request: HTTPGraphQLRequest, text: string): HTTPGraphQLRequest {
  if (request.method === "POST") {
    const body = Object.entries(asObject(request.body) ?? {}).filter(([name]) => !naming.has(name));
    return { ...request, body: { ...Object.fromEntries(body), query: text } };
  }
  const parameters = new URLSearchParams(request.search);
  for (const name of naming) parameters.delete(name);
  parameters.set("query", text);
  return { ...request, search: `?${parameters.toString()}` };
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function jsonIn(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
