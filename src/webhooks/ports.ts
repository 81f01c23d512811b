import type { AuditedCaller, TenantEvent, Word } from "../domain";
import type { Secret } from "../kernel";

/** An event of the feed. The id is the same wherever the event is told. */
export interface StoredEvent extends TenantEvent {
  readonly id: string;
  /** Counts the tenant's events, without holes. */
  readonly sequence: number;
  /** The taxpayer is erased by now. */
  readonly isOfErased: boolean;
}

interface FeedPage {
  readonly kinds?: readonly Word<"EventKind">[] | undefined;
  readonly first: number;
  /** The id of the last event that the reader has. */
  readonly after?: string | undefined;
}

/** What has happened, oldest first. */
export interface EventFeed {
  /** BAD_INPUT for a cursor after which events are no longer kept. */
  page(tenant: string, page: FeedPage): Promise<{ readonly events: readonly StoredEvent[]; readonly hasNext: boolean }>;
  /** Undefined for an unknown id and for another tenant's. */
  byId(tenant: string, id: string): Promise<StoredEvent | undefined>;
}

/** The rights under which a document runs: those of the caller who made the endpoint. */
export interface Creator {
  readonly tenant: string;
  readonly subject: string;
  readonly scopes: readonly string[];
}

export interface Endpoint {
  readonly id: string;
  readonly createdBy: Creator;
  readonly url: string;
  readonly kinds: readonly Word<"EventKind">[];
  /** A query with the variable `$event`. Left out: only ids are sent. */
  readonly document: string | undefined;
  readonly createdAtMs: number;
  readonly isEnabled: boolean;
}

export interface NewEndpoint extends Pick<Endpoint, "createdBy" | "url" | "kinds" | "document"> {
  readonly secret: Secret;
  readonly idempotencyKey: string;
  readonly by: AuditedCaller;
  readonly nowMs: number;
}

export type CreatedEndpoint =
  | { readonly outcome: "CREATED" | "REPLAYED"; readonly endpoint: Endpoint }
  /** The key has been used for another request. */
  | { readonly outcome: "CONFLICT" }
  /** The tenant has as many as it may. */
  | { readonly outcome: "TOO_MANY" };

export interface Delivery {
  readonly id: string;
  readonly event: StoredEvent;
  readonly state: "PENDING" | "DELIVERED" | "FAILED";
  readonly attempts: number;
  /** The HTTP status of the last attempt; undefined where there was no answer. */
  readonly lastStatus: number | undefined;
  readonly lastAttemptAtMs: number | undefined;
  readonly nextAttemptAtMs: number | undefined;
}

/** Endpoints and what was sent to them. An id that is unknown to the tenant is answered by undefined. */
export interface EndpointStore {
  create(endpoint: NewEndpoint): Promise<CreatedEndpoint>;
  list(tenant: string): Promise<readonly Endpoint[]>;
  /** The secrets before sign beside the new one until then. */
  addSecret(
    place: EndpointPlace,
    secret: Secret,
    change: { readonly earlierUntilMs: number; readonly by: AuditedCaller; readonly nowMs: number },
  ): Promise<Endpoint | undefined>;
  remove(
    place: EndpointPlace,
    change: { readonly by: AuditedCaller; readonly nowMs: number },
  ): Promise<Endpoint | undefined>;
  /** All kept events after this one are due again, and the endpoint is enabled. Returns how many they are. */
  redeliver(place: EndpointPlace, after: string | undefined, nowMs: number): Promise<number | undefined>;
  /** Newest first. */
  deliveries(
    place: EndpointPlace,
    page: { readonly first: number; readonly after?: string | undefined },
  ): Promise<{ readonly deliveries: readonly Delivery[]; readonly hasNext: boolean }>;
}

export interface EndpointPlace {
  readonly tenant: string;
  readonly endpointId: string;
}

/** One attempt that this process is to make. */
export interface Attempt extends EndpointPlace {
  readonly event: StoredEvent;
  readonly url: string;
  readonly document: string | undefined;
  readonly createdBy: Creator;
  /** Those in force, newest first. */
  readonly secrets: readonly Secret[];
  /** Which attempt it is, from 1 on. */
  readonly number: number;
}

export type AttemptResult =
  | { readonly outcome: "DELIVERED"; readonly status: number }
  /** Left out: it was the last. */
  | { readonly outcome: "FAILED"; readonly status: number | undefined; readonly nextAtMs: number | undefined }
  /** The receiver is gone for good. */
  | { readonly outcome: "GONE"; readonly status: number }
  /** Nothing was sent, for a reason of our own. It does not count. */
  | { readonly outcome: "PUT_OFF"; readonly nextAtMs: number };

/** What is due, for the processes that send it. */
export interface DeliveryQueue {
  /** Endpoints of all tenants for which an attempt is due. Events that have been committed are among them. */
  due(nowMs: number): Promise<readonly EndpointPlace[]>;
  /** Claims attempts for this process. No event is claimed while an earlier one of its session is pending. */
  claim(
    place: EndpointPlace,
    claim: { readonly nowMs: number; readonly untilMs: number; readonly most: number },
  ): Promise<readonly Attempt[]>;
  /** Frees what processes have claimed that have died. */
  freeClaims(): Promise<void>;
  /** Says whether the endpoint has been disabled: it is gone, or has failed since before `failingBeforeMs`. */
  finish(
    attempt: Attempt,
    result: AttemptResult,
    at: { readonly nowMs: number; readonly failingBeforeMs: number },
  ): Promise<{ readonly isDisabled: boolean }>;
}

/** Sends a body to an address that was judged, and gives back the status of the answer, of which nothing else is read. */
export interface Sender {
  /** Throws for an address to which nothing may be sent. */
  check(url: string): void;
  post(
    url: string,
    message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
    signal: AbortSignal,
  ): Promise<number>;
}

/** Documents of endpoints, checked when an endpoint is made and run at each delivery. */
export interface Documents {
  /** Throws for what is no such document, and for fields that the creator may not see. */
  check(document: string, creator: Creator): void;
  /** Throws for what may pass, such as a limit of the tenant; everything else is part of the answer. */
  run(document: string, creator: Creator, eventId: string): Promise<DocumentAnswer>;
}

export interface DocumentAnswer {
  readonly data: unknown;
  readonly errors?: readonly unknown[] | undefined;
}
