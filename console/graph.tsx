import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { createContext, useContext, useEffect, useState } from "react";
import { cacheExchange, Client, CombinedError, useMutation, useQuery, type AnyVariables, type Exchange } from "urql";
import { filter, make, mergeMap, pipe, takeUntil } from "wonka";
import { Unreachable, type Answer, type Client as GraphClient, type GraphQLProblem } from "@aaygraph/client";

/** For what is not an answer to show: a login that is followed until it is over. */
export const ClientContext = createContext<GraphClient | undefined>(undefined);

export function useClient(): GraphClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error("There is no client around this part.");
  return client;
}

/** urql keeps the answers and knows which a mutation has made stale; our own client sends and listens. */
export function urqlThrough(client: GraphClient): Client {
  return new Client({ url: "/graphql", exchanges: [cacheExchange, sendThrough(client)] });
}

function sendThrough(client: GraphClient): Exchange {
  return () => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind !== "teardown"),
      mergeMap((operation) => {
        const ends = pipe(
          operations,
          filter(({ kind, key }) => kind === "teardown" && key === operation.key),
        );
        const results = make<never>((observer) => {
          const leaving = new AbortController();
          const show = (answer: Answer<unknown>) => {
            observer.next(resultOf(answer) as never);
          };
          const resultOf = ({ data, problems, cost }: Answer<unknown>) => ({
            operation,
            data: data ?? undefined,
            error: problems.length > 0 ? new CombinedError({ graphQLErrors: problems as never }) : undefined,
            extensions: { problems, cost },
            stale: false,
            hasNext: operation.kind === "subscription",
          });
          const send = async () => {
            if (operation.kind === "subscription") {
              const answers = client.watch(operation.query, operation.variables);
              leaving.signal.addEventListener("abort", () => void answers.return?.());
              for await (const answer of answers) show(answer);
            } else show(await client.ask(operation.query, operation.variables, leaving.signal));
          };
          send()
            .catch((fault: unknown) => {
              if (leaving.signal.aborted) return;
              const error = new CombinedError({ networkError: fault as Error });
              observer.next({ operation, data: undefined, error, stale: false, hasNext: false } as never);
            })
            .finally(() => {
              observer.complete();
            });
          return () => {
            leaving.abort();
          };
        });
        return pipe(results, takeUntil(ends));
      }),
    );
}

export interface Asked<Data> {
  readonly data: Data | undefined;
  readonly problems: readonly GraphQLProblem[];
  readonly isAsking: boolean;
  readonly isUnreachable: boolean;
  readonly again: () => void;
}

interface AskingHow {
  readonly when?: boolean;
  /** Asks again every so many milliseconds while the page is looked at. */
  readonly everyMs?: number;
}

const retryUnreachableMs = 2_000;

/** The answer to a query. While the service is away it keeps the last answer, and asks again by itself. */
export function useAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { when = true, everyMs }: AskingHow = {},
): Asked<Data> {
  const request = { query, variables, pause: !when, requestPolicy: "cache-and-network" } as never;
  const [{ data, error, extensions, fetching, stale }, again] = useQuery<Data>(request);
  const isUnreachable = error?.networkError instanceof Unreachable;
  const pauseMs = isUnreachable ? retryUnreachableMs : everyMs;
  useEffect(() => {
    if (!when || pauseMs === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden) again({ requestPolicy: "network-only" });
    }, pauseMs);
    return () => {
      clearInterval(timer);
    };
  }, [when, pauseMs, again]);
  return {
    data,
    problems: (extensions?.problems as readonly GraphQLProblem[] | undefined) ?? [],
    isAsking: fetching || stale,
    isUnreachable,
    again: () => {
      again({ requestPolicy: "network-only" });
    },
  };
}

/** A mutation, and what the graph said when it refused all of it. */
export function useChange<Data, Variables extends AnyVariables>(mutation: TypedDocumentNode<Data, Variables>) {
  const [{ fetching }, send] = useMutation<Data, Variables>(mutation);
  const [refusal, setRefusal] = useState<string>();
  return {
    isSending: fetching,
    refusal,
    async send(variables: Variables): Promise<Data | undefined> {
      const { data, error } = await send(variables);
      setRefusal(error?.graphQLErrors[0]?.message ?? error?.networkError?.message);
      return data;
    },
  };
}
