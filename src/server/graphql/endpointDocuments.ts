import { randomUUID } from "node:crypto";
import { HeaderMap } from "@apollo/server";
import { Kind, OperationTypeNode, print, validate, type DocumentNode, type GraphQLSchema } from "graphql";
import { type Access, faultExtensions, refusalOfFields } from "../../graph";
import type { Gate } from "../../guard";
import { asFault, asObject, type Clock, Fault, type FaultCode, type Limits } from "../../kernel";
import type { Creator, DocumentAnswer, Documents } from "../../webhooks/ports";
import type { MakeContext } from "../makeContext";
import type { GraphqlServer } from "./apollo";

interface CheckSettings {
  readonly schema: GraphQLSchema;
  readonly gate: Pick<Gate, "guard" | "trusted">;
}

/** Checks the document of a webhook endpoint when the endpoint is made. It may only read, and only what its creator may see. */
export function createDocumentCheck({ schema, gate }: CheckSettings): Documents["check"] {
  return (text, creator) => {
    gate.trusted?.textOf({ id: undefined, text });
    const admitted = gate.guard.admit({ text, ...askedFor("ev_"), isInAddress: false });
    if (!admitted) throw refused("It does not parse.");
    const { document } = admitted;
    if (!isQueryOfEvent(document)) throw refused("It is one query, with the one variable $event: ID!.");
    const [error] = validate(schema, document);
    const [at] = error?.locations ?? [];
    if (error) throw refused(`It does not fit the schema${at ? `: line ${at.line}, column ${at.column}` : ""}.`);
    if (!gate.guard.mayBeKept(document)) throw refused("It is kept, so a PAN has no place in its text.");
    const refusal = refusalOfFields(document, schema, accessOf(creator, 0));
    if (refusal) throw refusal;
    admitted.judge(undefined, { event: "ev_" });
  };
}

interface RunSettings {
  readonly graphql: Pick<GraphqlServer, "answer">;
  readonly makeContext: MakeContext;
  readonly gate: Pick<Gate, "rates" | "enter">;
  readonly limits: Pick<Limits, "operationSeconds">;
  readonly clock: Pick<Clock, "now">;
}

const headers = new HeaderMap([["content-type", "application/json"]]);
/** A delivery is claimed for little longer. */
const mostSeconds = 30;
/** A delivery that meets one of these is put off. */
const passing: ReadonlySet<FaultCode> = new Set(["RATE_LIMITED", "STORE_UNAVAILABLE"]);

/** Runs the document of an endpoint as a request of its creator: counted, limited and audited like any other. */
export function createDocumentRun(settings: RunSettings): Documents["run"] {
  const { graphql, makeContext, gate, limits, clock } = settings;

  async function ask(text: string, creator: Creator, eventId: string): Promise<DocumentAnswer> {
    const requestId = randomUUID();
    const startedAtMs = clock.now();
    const patienceMs = Math.min(limits.operationSeconds, mostSeconds) * 1_000;
    const access = accessOf(creator, startedAtMs + patienceMs);
    const rate = await gate.rates.take(access.tenant);
    const leave = gate.enter.operation(access.tenant);
    try {
      const deadline = AbortSignal.timeout(patienceMs);
      const body = { query: text, variables: askedFor(eventId).variables };
      const answer = await graphql.answer({ method: "POST", headers, search: "", body }, (requestedCost) =>
        makeContext({ requestId, startedAtMs, access, signal: () => deadline, rate, requestedCost }),
      );
      return toAnswer(JSON.parse(answer.text));
    } finally {
      leave();
    }
  }

  return async (text, creator, eventId) => {
    try {
      return await ask(text, creator, eventId);
    } catch (thrown) {
      const fault = asFault(thrown);
      if (passing.has(fault.code)) throw fault;
      return { data: null, errors: [{ message: fault.message, extensions: faultExtensions(fault) }] };
    }
  };
}

function toAnswer(answered: unknown): DocumentAnswer {
  const { data = null, errors } = asObject(answered) ?? {};
  const list = Array.isArray(errors) ? (errors as readonly unknown[]) : undefined;
  const isNothingRead = Object.values(asObject(data) ?? {}).every((value) => value === null);
  const code = list?.map(codeOf).find((each) => passing.has(each as FaultCode));
  if (isNothingRead && code !== undefined) throw new Fault(code as FaultCode);
  return { data, errors: list };
}

function codeOf(error: unknown): unknown {
  return asObject(asObject(error)?.extensions)?.code;
}

function accessOf({ tenant, subject, scopes }: Creator, expiresAtMs: number): Access {
  return { tenant, subject, scopes: new Set(scopes), expiresAtMs };
}

function askedFor(eventId: string) {
  return { operationName: undefined, variables: { event: eventId } };
}

function isQueryOfEvent({ definitions }: DocumentNode): boolean {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operations.length !== 1 || operation?.operation !== OperationTypeNode.QUERY) return false;
  const [variable, ...others] = operation.variableDefinitions ?? [];
  return others.length === 0 && variable?.variable.name.value === "event" && print(variable.type) === "ID!";
}

function refused(hint: string): Fault {
  return new Fault("BAD_INPUT", { field: "document", hint });
}
