import type { Database, PreparedSql } from "../database";

/** In portions, so that a backlog makes no long transaction. */
const portion = 1_000;

const hasUnpublished: PreparedSql = {
  name: "has_unpublished_events",
  text: "select from aaygraph.events where tenant = $1 and sequence is null limit 1",
};

const insertHead: PreparedSql = {
  name: "insert_event_head",
  text: "insert into aaygraph.event_heads (tenant, sequence) values ($1, 0) on conflict do nothing",
};

const lockHead: PreparedSql = {
  name: "lock_event_head",
  text: "select from aaygraph.event_heads where tenant = $1 for no key update",
};

/** What is sent one after the other: the events of one link, run or session, else those of one consent or taxpayer. */
const lane = "coalesce(n.link_id, n.run_id, n.session_id, n.consent_id, n.subject_id::text, n.written::text)";

/** The columns of a delivery that is due at $2, of an event `n` at an endpoint `w`. */
export const newDelivery = {
  columns: "tenant, endpoint_id, sequence, lane, state, next_attempt_at, event_at",
  values: `n.tenant, w.id, n.sequence, ${lane}, 'PENDING', $2::timestamptz, n.at`,
};

/** Numbers follow the order of writing. A session's changes are written one after the other, and so numbered. */
const numberEvents: PreparedSql = {
  name: "number_events",
  text: `with next as (
      select written, row_number() over (order by written) as place from aaygraph.events
      where tenant = $1 and sequence is null order by written limit ${portion}
    ), numbered as (
      update aaygraph.events e set sequence = h.sequence + next.place
      from next, aaygraph.event_heads h
      where e.tenant = $1 and e.written = next.written and h.tenant = $1
      returning e.*
    ), head as (
      update aaygraph.event_heads set sequence = (select max(sequence) from numbered)
      where tenant = $1 and exists (select from numbered)
    ), deliveries as (
      insert into aaygraph.webhook_deliveries (${newDelivery.columns})
      select ${newDelivery.values} from numbered n join aaygraph.webhook_endpoints w
        on w.tenant = n.tenant and w.disabled_at is null and n.kind = any(w.kinds)
      order by n.sequence
    )
    select from numbered`,
};

const tenantsToPublish: PreparedSql = {
  name: "tenants_to_publish",
  text: "select distinct tenant from aaygraph.events where sequence is null",
};

/**
 * Gives the events of a tenant that have been committed their numbers, ascending without holes, and makes their deliveries. The
 * head is locked by a statement of its own, so that the next one sees what the publisher before has numbered.
 */
export async function publishEvents(database: Database, tenant: string, nowMs: number): Promise<void> {
  for (let count = (await database.run(hasUnpublished, [tenant])).count && portion; count === portion;) {
    count = await database.transaction(async (queries) => {
      await queries.run(insertHead, [tenant]);
      await queries.run(lockHead, [tenant]);
      return (await queries.run(numberEvents, [tenant, new Date(nowMs)])).count;
    });
  }
}

/** The events of all tenants. */
export async function publishAll(database: Database, nowMs: number): Promise<void> {
  const { rows } = await database.run<{ tenant: string }>(tenantsToPublish);
  for (const { tenant } of rows) await publishEvents(database, tenant, nowMs);
}

const deleteSome: PreparedSql = {
  name: "delete_some_events",
  text: `delete from aaygraph.events where (tenant, written) in (
      select tenant, written from aaygraph.events where at < $1 and sequence is not null order by at limit ${portion}
    )`,
};

/** Deletes what is older; what has no number yet stays. */
export async function deleteOldEvents(database: Database, beforeMs: number): Promise<void> {
  for (let count = portion; count === portion;) {
    count = (await database.run(deleteSome, [new Date(beforeMs)])).count;
  }
}
