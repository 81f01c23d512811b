import type { TenantEvent, Word } from "../domain";

/** An event of the feed. The id is the same wherever the event is told of. */
export interface StoredEvent extends TenantEvent {
  readonly id: string;
  /** Counts the tenant's events, without holes. */
  readonly sequence: number;
  /** The taxpayer is erased by now: only the erasure itself still names them. */
  readonly isOfErased: boolean;
}

export interface FeedPage {
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
