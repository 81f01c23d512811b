import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { GraphAnswer, TestService } from "./service";

/** The ways by which an operation comes in: whatever is refused on one is refused on all. */
export const roads = ["POST", "GET", "WebSocket"] as const;
export type Road = (typeof roads)[number];

export interface Asked {
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
  readonly documentId?: string;
  readonly extensions?: Record<string, unknown>;
}

export interface RoadAnswer extends GraphAnswer<Record<string, unknown>> {
  /** Undefined over WebSocket, which has none. */
  readonly status?: number;
  readonly headers?: Headers;
}

type Caller = NonNullable<Parameters<TestService["token"]>[0]>;

export async function askBy(road: Road, service: TestService, asked: Asked, caller: Caller = {}): Promise<RoadAnswer> {
  if (road === "WebSocket") return askBySocket(service, asked, caller);
  const response =
    road === "POST"
      ? await service.fetch("/graphql", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(asked),
          caller,
        })
      : await service.fetch(`/graphql?${inAddress(asked)}`, { caller });
  return { ...((await response.json()) as RoadAnswer), status: response.status, headers: response.headers };
}

function inAddress(asked: Asked): string {
  const parameters = Object.entries(asked).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(parameters).toString();
}

async function askBySocket(service: TestService, { query = "", ...asked }: Asked, caller: Caller): Promise<RoadAnswer> {
  const client = createClient({
    url: `${service.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${await service.token(caller)}` },
  });
  try {
    for await (const answer of client.iterate({ query, ...asked })) return answer as RoadAnswer;
    throw new Error("nothing came");
  } catch (thrown) {
    if (Array.isArray(thrown)) return { errors: thrown };
    throw thrown;
  } finally {
    await client.dispose();
  }
}
