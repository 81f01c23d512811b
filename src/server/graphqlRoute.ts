import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type ApolloServer } from "@apollo/server";
import type { Access } from "../graph/access";
import type { GraphContext } from "../graph/context";
import { faultExtensions } from "../graph/errors";
import type { Clock } from "../kernel/clock";
import type { Events } from "../kernel/events";
import type { Fault } from "../kernel/fault";
import { asFault, faultRegister } from "../kernel/fault";
import type { Authenticate } from "./authentication";
import { leavingSignal } from "./leavingSignal";
import { readJsonBody, RefusedBody } from "./requestBody";

/** Makes what one operation's resolvers may reach. The signal is asked for only when something must be able to stop. */
export type MakeContext = (request: {
  requestId: string;
  startedAtMs: number;
  access: Access;
  signal: () => AbortSignal;
}) => GraphContext;

export interface GraphqlRouteSettings {
  readonly apollo: ApolloServer<GraphContext>;
  readonly authenticate: Authenticate;
  readonly makeContext: MakeContext;
  readonly clock: Clock;
  readonly events: Events;
}

/** The headers by which Apollo decides: what to answer in, and whether a page of another origin could have sent this. */
const headersForApollo = [
  "accept",
  "authorization",
  "content-type",
  "apollo-require-preflight",
  "x-apollo-operation-name",
];

export function createGraphqlRoute({ apollo, authenticate, makeContext, clock, events }: GraphqlRouteSettings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const startedAtMs = clock.now();
    let leaving: AbortSignal | undefined;
    const signal = () => (leaving ??= leavingSignal(response));
    try {
      const access = await authenticate(request.headers.authorization);
      const method = request.method ?? "";
      const body = method === "POST" ? await readJsonBody(request) : undefined;
      const {
        status,
        headers,
        body: answer,
      } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method, headers: pickHeaders(request), search: searchOf(request.url), body },
        context: () => Promise.resolve(makeContext({ requestId, startedAtMs, access, signal })),
      });
      const text = answer.kind === "complete" ? answer.string : "";
      send(response, status ?? 200, Object.fromEntries(headers), text, requestId);
    } catch (thrown) {
      const fault = thrown instanceof RefusedBody ? thrown.fault : asFault(thrown);
      const httpStatus = thrown instanceof RefusedBody ? thrown.httpStatus : faultRegister[fault.code].httpStatus;
      if (fault.code === "INTERNAL") events.emit("fault masked", { requestId, error: thrown });
      events.emit("request refused", { requestId, code: fault.code, httpStatus });
      refuse(response, httpStatus, fault, requestId);
    }
  };
}

function refuse(response: ServerResponse, httpStatus: number, fault: Fault, requestId: string): void {
  const error = { message: fault.message, extensions: { ...faultExtensions(fault), requestId } };
  const headers = {
    "content-type": "application/json; charset=utf-8",
    ...(fault.code === "UNAUTHENTICATED" && { "www-authenticate": "Bearer" }),
    // What is left of a refused body is not worth reading.
    ...((httpStatus === 413 || httpStatus === 415) && { connection: "close" }),
  };
  send(response, httpStatus, headers, JSON.stringify({ errors: [error] }), requestId);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  text: string,
  requestId: string,
): void {
  response.writeHead(status, {
    ...headers,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  });
  response.end(text);
}

function pickHeaders({ headers }: IncomingMessage): HeaderMap {
  const picked = new HeaderMap();
  for (const name of headersForApollo) {
    const value = headers[name];
    if (typeof value === "string") picked.set(name, value);
  }
  return picked;
}

function searchOf(url = ""): string {
  const at = url.indexOf("?");
  return at === -1 ? "" : url.slice(at);
}
