import type { Word } from "./vocabulary";

/**
 * Something that has happened at a tenant, for its backend: what kind, when, and the ids of what it is about. It holds no personal
 * value.
 */
export interface TenantEvent {
  readonly kind: Word<"EventKind">;
  readonly atMs: number;
  readonly taxpayerId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly linkId?: string | undefined;
  readonly consentId?: string | undefined;
  readonly runId?: string | undefined;
}
