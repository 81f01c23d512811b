import { randomBytes } from "node:crypto";
import { type AuditedCaller, vocabulary, type Word } from "../domain";
import { type Clock, Fault, Secret } from "../kernel";
import type { Creator, Documents, Endpoint, EndpointPlace, EndpointStore, Sender } from "./ports";

/** The input of `createWebhookEndpoint`. */
interface EndpointRequest {
  readonly url: string;
  readonly kinds: readonly Word<"EventKind">[] | undefined;
  readonly document: string | undefined;
  readonly idempotencyKey: string;
}

/** The secret is given to the caller once, and never again. */
export interface EndpointOutcome {
  readonly endpoint?: Endpoint | undefined;
  readonly secret?: Secret | undefined;
  readonly problem?: Fault | undefined;
  readonly replayed: boolean;
}

/** What a tenant does with its endpoints. Another tenant's id is NOT_FOUND. */
export interface Webhooks extends Pick<EndpointStore, "list" | "deliveries"> {
  create(creator: Creator, request: EndpointRequest, by: AuditedCaller): Promise<EndpointOutcome>;
  rotateSecret(place: EndpointPlace, by: AuditedCaller): Promise<EndpointOutcome>;
  remove(place: EndpointPlace, by: AuditedCaller): Promise<EndpointOutcome>;
  redeliver(place: EndpointPlace, after: string | undefined): Promise<number>;
}

interface WebhookTools {
  readonly store: EndpointStore;
  readonly sender: Pick<Sender, "check">;
  readonly documents: Pick<Documents, "check">;
  readonly clock: Pick<Clock, "now">;
}

const secretBytes = 32;
const bothSignForMs = 24 * 3_600_000;

export function createWebhooks({ store, sender, documents, clock }: WebhookTools): Webhooks {
  return {
    list: (tenant) => store.list(tenant),

    async create(createdBy, { url, kinds, document, idempotencyKey }, by) {
      if (kinds?.length === 0) throw new Fault("BAD_INPUT", { field: "kinds" });
      sender.check(url);
      if (document !== undefined) documents.check(document, createdBy);
      const secret = newSecret();
      const created = await store.create({
        ...{ createdBy, url, document, secret, idempotencyKey, by },
        kinds: kinds === undefined ? vocabulary.EventKind : [...new Set(kinds)],
        nowMs: clock.now(),
      });
      switch (created.outcome) {
        case "CREATED":
          return { endpoint: created.endpoint, secret, replayed: false };
        case "REPLAYED":
          return { endpoint: created.endpoint, replayed: true };
        case "CONFLICT":
          return { problem: new Fault("CONFLICT", { field: "idempotencyKey" }), replayed: false };
        case "TOO_MANY":
          return { problem: new Fault("LIMIT_EXCEEDED", { hint: "Delete an endpoint first." }), replayed: false };
      }
    },

    async rotateSecret(place, by) {
      const secret = newSecret();
      const nowMs = clock.now();
      const endpoint = await store.addSecret(place, secret, { earlierUntilMs: nowMs + bothSignForMs, by, nowMs });
      return { endpoint: known(endpoint), secret, replayed: false };
    },

    async remove(place, by) {
      return { endpoint: known(await store.remove(place, { by, nowMs: clock.now() })), replayed: false };
    },

    redeliver: async (place, after) => known(await store.redeliver(place, after, clock.now())),

    deliveries: (place, page) => store.deliveries(place, page),
  };
}

/** As Standard Webhooks writes it. */
function newSecret(): Secret {
  return new Secret(`whsec_${randomBytes(secretBytes).toString("base64")}`);
}

function known<Result>(result: Result | undefined): Result {
  if (result === undefined) throw new Fault("NOT_FOUND", { field: "endpointId" });
  return result;
}
