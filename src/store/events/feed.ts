import { taxpayerIdOf, type Word } from "../../domain";
import { type Clock, Fault } from "../../kernel";
import type { EventFeed, StoredEvent } from "../../webhooks/ports";
import type { Database, PreparedSql, Queries } from "../database";
import { createNumberedIds, type Keyring } from "../keys";
import { publishEvents } from "./publication";

export interface EventRow {
  readonly sequence: string;
  readonly kind: Word<"EventKind">;
  readonly at: Date;
  readonly subject_id: string | null;
  readonly session_id: string | null;
  readonly link_id: string | null;
  readonly consent_id: string | null;
  readonly run_id: string | null;
  readonly is_of_erased: boolean;
}

/** The columns of an `EventRow`, of `aaygraph.events e`. */
export const eventColumns = `e.sequence, e.kind, e.at, e.subject_id, e.session_id, e.link_id, e.consent_id, e.run_id,
  exists (
    select from aaygraph.subjects s where s.tenant = e.tenant and s.id = e.subject_id and s.erased_at is not null
  ) as is_of_erased`;

const eventsPage: PreparedSql = {
  name: "events_page",
  text: `select ${eventColumns} from aaygraph.events e
    where e.tenant = $1 and e.sequence > $2 and ($3::text[] is null or e.kind = any($3))
    order by e.sequence limit $4`,
};

const eventBySequence: PreparedSql = {
  name: "event_by_sequence",
  text: `select ${eventColumns} from aaygraph.events e where e.tenant = $1 and e.sequence = $2`,
};

/** The first event that is kept, and the last that was numbered. */
const reachOfFeed: PreparedSql = {
  name: "reach_of_feed",
  text: `select h.sequence as last,
      (select min(sequence) from aaygraph.events e where e.tenant = $1 and e.sequence is not null) as first
    from aaygraph.event_heads h where h.tenant = $1`,
};

/** The ids of a tenant's events, by the key of this store. */
export function eventIdsOf({ eventKey }: Keyring) {
  return createNumberedIds("ev_", eventKey);
}

export function readEvent(ids: ReturnType<typeof eventIdsOf>, tenant: string, row: EventRow): StoredEvent {
  return {
    id: ids.idOf(tenant, row.sequence),
    sequence: Number(row.sequence),
    kind: row.kind,
    atMs: row.at.getTime(),
    taxpayerId: row.subject_id === null ? undefined : taxpayerIdOf(row.subject_id),
    sessionId: row.session_id ?? undefined,
    linkId: row.link_id ?? undefined,
    consentId: row.consent_id ?? undefined,
    runId: row.run_id ?? undefined,
    isOfErased: row.is_of_erased,
  };
}

export function createEventFeed(
  database: Database,
  keyring: Keyring,
  clock: Pick<Clock, "now">,
  onNews: (tenant: string, event: StoredEvent) => void,
): EventFeed {
  const ids = eventIdsOf(keyring);
  return {
    async page(tenant, { kinds, first, after }) {
      // So that callers read what they have just done.
      await publishEvents(database, tenant, clock.now());
      const from = after === undefined ? "0" : await placeOfCursor(database, tenant, ids.numberOf(tenant, after));
      const { rows } = await database.run<EventRow>(eventsPage, [tenant, from, kinds ?? null, first + 1]);
      const events = rows.slice(0, first).map((row) => readEvent(ids, tenant, row));
      for (const event of events) onNews(tenant, event);
      return { events, hasNext: rows.length > first };
    },

    async byId(tenant, id) {
      const sequence = ids.numberOf(tenant, id);
      if (sequence === undefined) return undefined;
      const { rows } = await database.run<EventRow>(eventBySequence, [tenant, sequence]);
      return rows.map((row) => readEvent(ids, tenant, row))[0];
    },
  };
}

/** A reader is never silently led past events that are gone: deleted by age, or lost with a store that was set back. */
export async function placeOfCursor(queries: Queries, tenant: string, sequence: string | undefined): Promise<string> {
  if (sequence === undefined) throw new Fault("BAD_INPUT", { field: "after" });
  const { rows } = await queries.run<{ first: string | null; last: string }>(reachOfFeed, [tenant]);
  const last = Number(rows[0]?.last ?? 0);
  const first = Number(rows[0]?.first ?? last + 1);
  if (Number(sequence) > last || Number(sequence) < first - 1) {
    throw new Fault("BAD_INPUT", { field: "after", hint: "Events after this cursor are no longer kept." });
  }
  return sequence;
}
