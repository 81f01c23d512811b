import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap } from "@apollo/server";
import { type Rate, faultExtensions } from "../../graph";
import {
  type Clock,
  type Events,
  Fault,
  asFault,
  faultRegister,
  type Limits,
  noTracer,
  type Tracer,
  unlessAborted,
} from "../../kernel";
import type { Leave, Gate } from "../../guard";
import type { GraphqlServer } from "../graphql";
import { type Authenticate, authorizationOf } from "../tokens";
import { leavingSignal } from "../leavingSignal";
import type { MakeContext } from "../makeContext";
import { readJsonBody, RefusedBody } from "./requestBody";

/** As draft-ietf-httpapi-ratelimit-headers has them: a policy, and what is left under it for how many seconds. */
function rateHeaders({
  limit,
  remaining,
  secondsLeft,
}: Pick<Rate, "limit" | "remaining" | "secondsLeft">): Record<string, string> {
  return {
    "ratelimit-policy": `"tenant";q=${limit};w=60`,
    ratelimit: `"tenant";r=${remaining};t=${secondsLeft}`,
  };
}

interface GraphqlRouteSettings {
  readonly graphql: GraphqlServer;
  readonly authenticate: Authenticate;
  readonly makeContext: MakeContext;
  readonly gate: Pick<Gate, "rates" | "enter">;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly events: Events;
  readonly tracer?: Tracer | undefined;
}

/** What has come by the deadline is answered; some seconds later, whatever hangs is left. */
const answerMs = 5_000;

function operationDeadline(
  clock: Clock,
  { operationSeconds }: Limits,
): Disposable & Record<"soft" | "hard", AbortSignal> {
  const [soft, hard] = [new AbortController(), new AbortController()];
  const hint = `An operation may take ${operationSeconds} seconds.`;
  const fault = () => new Fault("PROVIDER_TIMEOUT", { hint });
  let cancel = clock.after(operationSeconds * 1_000, () => {
    soft.abort(fault());
    cancel = clock.after(answerMs, () => {
      hard.abort(fault());
    });
  });
  return {
    soft: soft.signal,
    hard: hard.signal,
    [Symbol.dispose]() {
      cancel();
    },
  };
}

/** The headers that Apollo needs: for the media type of the answer, and against cross-site requests. */
const headersForApollo = [
  "accept",
  "authorization",
  "content-type",
  "apollo-require-preflight",
  "x-apollo-operation-name",
];

const tracedOperation = { kind: "OPERATION", name: "graphql" } as const;

/** Believed of callers that have shown their token. A trace may begin in their own system. */
function traceparentOf({ headers: { traceparent } }: IncomingMessage): string | undefined {
  return typeof traceparent === "string" ? traceparent : undefined;
}

export function createGraphqlRoute(settings: GraphqlRouteSettings) {
  const { graphql, authenticate, makeContext, gate, limits, clock, events, tracer = noTracer } = settings;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const startedAtMs = clock.now();
    using deadline = operationDeadline(clock, limits);
    let leaving: AbortSignal | undefined;
    const signal = () => (leaving ??= AbortSignal.any([leavingSignal(response), deadline.soft]));
    let leave: Leave | undefined;
    let rateTold: Record<string, string> | undefined;
    try {
      const access = await authenticate(authorizationOf(request));
      const rate = await gate.rates.take(access.tenant);
      rateTold = rateHeaders(rate);
      const method = request.method ?? "";
      const body = method === "POST" ? await readJsonBody(request, limits) : undefined;
      leave = gate.enter.operation(access.tenant);
      const question = { method, headers: pickHeaders(request), search: searchOf(request.url), body };
      const answer = () =>
        graphql.answer(question, (requestedCost) =>
          makeContext({ requestId, startedAtMs, access, signal, rate, requestedCost }),
        );
      const answering = tracer.span(tracedOperation, answer, traceparentOf(request));
      const { status, headers, text } = await unlessAborted(answering, deadline.hard);
      send(response, status, { ...headers, ...rateTold }, text, requestId);
    } catch (thrown) {
      const fault = thrown instanceof RefusedBody ? thrown.fault : asFault(thrown);
      const httpStatus = thrown instanceof RefusedBody ? thrown.httpStatus : faultRegister[fault.code].httpStatus;
      if (fault.code === "INTERNAL") events.emit("fault masked", { requestId, error: thrown });
      events.emit("request refused", { requestId, code: fault.code, httpStatus });
      refuse(response, httpStatus, fault, requestId, rateTold ?? usedUp(fault, limits));
    } finally {
      leave?.();
    }
  };
}

/** The rate headers of a refusal; none where the caller is unknown. */
function usedUp({ code, context }: Fault, { requestsPerMinute: limit }: Limits): Record<string, string> {
  const { retryAfterSeconds: secondsLeft = 0 } = context;
  return code === "RATE_LIMITED" ? rateHeaders({ limit, remaining: 0, secondsLeft }) : {};
}

function refuse(
  response: ServerResponse,
  httpStatus: number,
  fault: Fault,
  requestId: string,
  rateTold: Readonly<Record<string, string>>,
): void {
  const { retryAfterSeconds } = fault.context;
  const error = { message: fault.message, extensions: { ...faultExtensions(fault), requestId } };
  const headers = {
    ...rateTold,
    "content-type": "application/json; charset=utf-8",
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    ...(fault.code === "UNAUTHENTICATED" && { "www-authenticate": "Bearer" }),
    // The rest of a refused body is not read.
    ...((httpStatus === 413 || httpStatus === 415) && { connection: "close" }),
  };
  send(response, httpStatus, headers, JSON.stringify({ errors: [error] }), requestId);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
  requestId: string,
): void {
  response.writeHead(status, {
    ...headers,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
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
