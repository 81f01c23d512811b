import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { createClient as createSocket } from "graphql-ws";
import { GraphQLProblem, Unreachable } from "./problem.ts";

export interface ClientOptions {
  /** Where the graph is served: "https://aaygraph.example.com/graphql". */
  readonly url: string;
  /** The access token. It is asked for anew with every request, so that it can be replaced while the client lives. */
  readonly token: () => string | undefined;
  /** Whether the subscriptions' connection stands: to show that a page is not live for the moment. */
  readonly onConnection?: (isUp: boolean) => void;
}

export interface Answer<Data> {
  /** Null where nothing could be answered. A field that failed is null in it, and has its problem. */
  readonly data: Data | null;
  readonly problems: readonly GraphQLProblem[];
  readonly cost: Cost | undefined;
}

/** What the operation has caused at the providers. */
export interface Cost {
  readonly upstreamCalls: number;
  readonly portalLogins: number;
  readonly rupees: number | null;
  readonly heldAnswers: number;
  readonly sharedFlights: number;
}

export interface Client {
  /** Rejects only when the service cannot be reached; what the graph refuses is among the problems. */
  ask<Data, Variables>(
    operation: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Answer<Data>>;
  /** All answers of a subscription. It connects again by itself, and ends with the subscription or the loop. */
  watch<Data, Variables>(
    operation: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): AsyncIterableIterator<Answer<Data>>;
  dispose(): Promise<void>;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: object }[];
  readonly extensions?: { readonly cost?: Cost };
}

/** Queries and mutations go by POST, subscriptions by one WebSocket that is opened for the first of them. */
export function createClient({ url, token, onConnection }: ClientOptions): Client {
  const socket = createSocket({
    url: url.replace(/^http/, "ws"),
    connectionParams: () => authorization(token()),
    retryAttempts: Infinity,
    // A service that restarts is back within seconds. The random part keeps many pages from returning at once.
    retryWait: (retries) => sleep(Math.min(250 * 2 ** retries, 4_000) * (0.75 + Math.random() / 2)),
    // 44xx: the service has refused us, and would again.
    shouldRetry: (event) => !isRefusal(event),
    on: {
      connected: () => onConnection?.(true),
      closed: () => onConnection?.(false),
    },
  });
  return {
    async ask(operation, variables, signal) {
      const body = JSON.stringify({ query: print(operation), variables });
      const headers = { "content-type": "application/json", ...authorization(token()) };
      const response = await fetch(url, { method: "POST", headers, body, signal: signal ?? null }).catch(
        (cause: unknown) => {
          throw signal?.aborted === true ? cause : new Unreachable(undefined, { cause });
        },
      );
      const answer = (await response.json().catch(() => ({}))) as Body;
      if (answer.data === undefined && answer.errors === undefined) throw new Unreachable(response.status);
      return toAnswer(answer);
    },
    async *watch<Data, Variables>(operation: TypedDocumentNode<Data, Variables>, variables: Variables) {
      const answers = socket.iterate({ query: print(operation), variables: variables as Record<string, unknown> });
      try {
        for await (const answer of answers) yield toAnswer<Data>(answer as Body);
      } catch (fault) {
        throw isRefusal(fault) ? refusedConnection() : fault;
      }
    },
    async dispose() {
      await socket.dispose();
    },
  };
}

function toAnswer<Data>({ data, errors = [], extensions }: Body): Answer<Data> {
  return {
    data: (data ?? null) as Data | null,
    problems: errors.map((error) => new GraphQLProblem(error)),
    cost: extensions?.cost,
  };
}

/** Browsers cannot set headers on a WebSocket: there the same words go with the first message. */
function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function isRefusal(event: unknown): boolean {
  const code = (event as { code?: unknown } | undefined)?.code;
  return typeof code === "number" && code >= 4400 && code < 4500;
}

function refusedConnection(): GraphQLProblem {
  return new GraphQLProblem({ message: "The access token is not accepted.", extensions: { code: "UNAUTHENTICATED" } });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
