import { Secret } from "../../kernel";
import type { Attempt, DeliveryQueue, EndpointPlace, StoredEvent } from "../../webhooks/ports";
import type { Database, PreparedSql, Queries } from "../database";
import { type Keyring, placeOf, unseal } from "../keys";
import { livingOwners } from "../queue";
import { eventColumns, eventIdsOf, type EventRow, readEvent } from "./feed";
import { publishAll } from "./publication";

/** Of a delivery `d`: it may be tried now, by anybody. */
const isDue = "d.state = 'PENDING' and d.next_attempt_at <= $1 and (d.claimed_until is null or d.claimed_until <= $1)";

const dueEndpoints: PreparedSql = {
  name: "due_webhook_endpoints",
  text: `select w.tenant, w.id as "endpointId" from aaygraph.webhook_endpoints w
    where w.disabled_at is null and exists (
      select from aaygraph.webhook_deliveries d where d.tenant = w.tenant and d.endpoint_id = w.id and ${isDue}
    )`,
};

/** The first of each lane that is pending. A claim counts as an attempt, so that a process that dies has made one. */
const claimDeliveries: PreparedSql = {
  name: "claim_webhook_deliveries",
  text: `with due as materialized (
      select d.tenant, d.endpoint_id, d.sequence from aaygraph.webhook_deliveries d
      where d.tenant = $2 and d.endpoint_id = $3 and ${isDue} and not exists (
        select from aaygraph.webhook_deliveries earlier
        where earlier.tenant = d.tenant and earlier.endpoint_id = d.endpoint_id and earlier.lane = d.lane
          and earlier.sequence < d.sequence and earlier.state = 'PENDING'
      )
      order by d.next_attempt_at, d.sequence limit $4 for no key update of d skip locked
    ), claimed as (
      update aaygraph.webhook_deliveries d
      set attempts = d.attempts + 1, last_attempt_at = $1, owner = $5, claimed_until = $6
      from due where d.tenant = due.tenant and d.endpoint_id = due.endpoint_id and d.sequence = due.sequence
      returning d.tenant, d.endpoint_id, d.sequence, d.attempts
    )
    select claimed.attempts, w.url, w.document, w.creator, w.scopes, array(
        select s.sealed from aaygraph.webhook_secrets s
        where s.tenant = w.tenant and s.endpoint_id = w.id and (s.expires_at is null or s.expires_at > $1)
        order by s.number desc
      ) as secrets, ${eventColumns}
    from claimed
    join aaygraph.webhook_endpoints w on w.tenant = claimed.tenant and w.id = claimed.endpoint_id
    join aaygraph.events e on e.tenant = claimed.tenant and e.sequence = claimed.sequence
    order by e.sequence`,
};

interface AttemptRow extends EventRow {
  readonly attempts: number;
  readonly url: string;
  readonly document: string | null;
  readonly creator: string;
  readonly scopes: readonly string[];
  readonly secrets: readonly Buffer[];
}

/** Changes nothing where the delivery is due again meanwhile. A success ends the failing of its endpoint. */
const finishAttempt: PreparedSql = {
  name: "finish_webhook_attempt",
  text: `with working as (
      update aaygraph.webhook_endpoints set failing_since = null
      where tenant = $1 and id = $2 and failing_since is not null and $5 = 'DELIVERED'
    )
    update aaygraph.webhook_deliveries set state = $5, attempts = $6, next_attempt_at = $7,
      last_status = case when $8 then last_status else $9 end, owner = null, claimed_until = null
    where tenant = $1 and endpoint_id = $2 and sequence = $3 and attempts = $4 and state = 'PENDING'`,
};

const noteFailing: PreparedSql = {
  name: "note_failing_webhook",
  text: `update aaygraph.webhook_endpoints set failing_since = $3 where tenant = $1 and id = $2 and failing_since is null`,
};

/** What is pending fails with its endpoint. */
const disable: PreparedSql = {
  name: "disable_webhook_endpoint",
  text: `with disabled as (
      update aaygraph.webhook_endpoints set disabled_at = $3
      where tenant = $1 and id = $2 and disabled_at is null and ($4::timestamptz is null or failing_since <= $4)
      returning tenant, id
    ), failed as (
      update aaygraph.webhook_deliveries d set state = 'FAILED', next_attempt_at = null, owner = null, claimed_until = null
      from disabled where d.tenant = disabled.tenant and d.endpoint_id = disabled.id and d.state = 'PENDING'
    )
    select from disabled`,
};

const freeClaimsOfDead: PreparedSql = {
  name: "free_webhook_claims",
  text: `update aaygraph.webhook_deliveries set owner = null, claimed_until = null
    where owner is not null and not owner = any (array(${livingOwners}))`,
};

interface QueueParts {
  readonly database: Database;
  readonly keyring: Keyring;
  /** This process's number. */
  readonly owner: number;
  readonly onNews: (tenant: string, event: StoredEvent) => void;
}

export function createDeliveryQueue({ database, keyring, owner, onNews }: QueueParts): DeliveryQueue {
  const ids = eventIdsOf(keyring);

  function readAttempt(place: EndpointPlace, row: AttemptRow): Attempt {
    const { tenant, endpointId } = place;
    return {
      ...place,
      event: readEvent(ids, tenant, row),
      url: row.url,
      document: row.document ?? undefined,
      createdBy: { tenant, subject: row.creator, scopes: row.scopes },
      secrets: row.secrets.map((sealed) => {
        const secret = unseal(keyring.webhookKey, sealed, placeOf.webhookSecret(tenant, endpointId));
        if (!secret) throw new Error("the secret of a webhook endpoint does not open");
        return new Secret(secret.toString());
      }),
      number: row.attempts,
    };
  }

  return {
    async due(nowMs) {
      await publishAll(database, nowMs);
      return (await database.run<EndpointPlace & Record<string, unknown>>(dueEndpoints, [new Date(nowMs)])).rows;
    },

    async claim(place, { nowMs, untilMs, most }) {
      const { tenant, endpointId } = place;
      const { rows } = await database.run<AttemptRow>(claimDeliveries, [
        ...[new Date(nowMs), tenant, endpointId, most, owner, new Date(untilMs)],
      ]);
      const attempts = rows.map((row) => readAttempt(place, row));
      for (const { event } of attempts) onNews(tenant, event);
      return attempts;
    },

    async freeClaims() {
      await database.run(freeClaimsOfDead);
    },

    async finish({ tenant, endpointId, event, number }, result, { nowMs, failingBeforeMs }) {
      const endpoint = [tenant, endpointId];
      const write = (queries: Queries, state: string, attempts: number, nextAtMs?: number) => {
        const isUnsent = result.outcome === "PUT_OFF";
        const status = isUnsent ? null : (result.status ?? null);
        const next = nextAtMs === undefined ? null : new Date(nextAtMs);
        return queries.run(finishAttempt, [
          ...[...endpoint, event.sequence, number, state, attempts, next, isUnsent, status],
        ]);
      };
      switch (result.outcome) {
        case "DELIVERED":
          await write(database, "DELIVERED", number);
          return { isDisabled: false };
        case "PUT_OFF":
          await write(database, "PENDING", number - 1, result.nextAtMs);
          return { isDisabled: false };
        case "FAILED":
        case "GONE":
          return database.transaction(async (queries) => {
            const nextAtMs = result.outcome === "FAILED" ? result.nextAtMs : undefined;
            await write(queries, nextAtMs === undefined ? "FAILED" : "PENDING", number, nextAtMs);
            await queries.run(noteFailing, [...endpoint, new Date(nowMs)]);
            const failingBefore = result.outcome === "GONE" ? null : new Date(failingBeforeMs);
            const { count } = await queries.run(disable, [...endpoint, new Date(nowMs), failingBefore]);
            return { isDisabled: count > 0 };
          });
      }
    },
  };
}
