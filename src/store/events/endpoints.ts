import { randomBytes } from "node:crypto";
import type { AuditedCaller, AuditRecord, Word } from "../../domain";
import { Fault, type Secret } from "../../kernel";
import type {
  CreatedEndpoint,
  Delivery,
  Endpoint,
  EndpointPlace,
  EndpointStore,
  NewEndpoint,
} from "../../webhooks/ports";
import { appendAuditRecords } from "../audit";
import type { Database, PreparedSql, Queries } from "../database";
import { createNumberedIds, type Keyring, placeOf, seal } from "../keys";
import { eventColumns, eventIdsOf, type EventRow, placeOfCursor, readEvent } from "./feed";
import { newDelivery, publishEvents } from "./publication";

const keyLock = 4_711_011;
const keyLifeMs = 24 * 3_600_000;
const mostEndpoints = 20;

interface EndpointRow {
  readonly tenant: string;
  readonly id: string;
  readonly url: string;
  readonly kinds: readonly Word<"EventKind">[];
  readonly document: string | null;
  readonly creator: string;
  readonly scopes: readonly string[];
  readonly created_at: Date;
  readonly disabled_at: Date | null;
}

const endpointColumns = "tenant, id, url, kinds, document, creator, scopes, created_at, disabled_at";

function readEndpoint(row: EndpointRow): Endpoint {
  return {
    id: row.id,
    createdBy: { tenant: row.tenant, subject: row.creator, scopes: row.scopes },
    url: row.url,
    kinds: row.kinds,
    document: row.document ?? undefined,
    createdAtMs: row.created_at.getTime(),
    isEnabled: row.disabled_at === null,
  };
}

const insertEndpoint: PreparedSql = {
  name: "insert_webhook_endpoint",
  text: `insert into aaygraph.webhook_endpoints (tenant, id, url, kinds, document, creator, scopes, created_at)
    select $1, $2, $3, $4, $5, $6, $7, $8
    where (select count(*) from aaygraph.webhook_endpoints where tenant = $1) < ${mostEndpoints}
    returning ${endpointColumns}`,
};

const endpointOfKey: PreparedSql = {
  name: "webhook_endpoint_of_key",
  text: `select k.request_digest, w.* from aaygraph.webhook_keys k
    join aaygraph.webhook_endpoints w on w.tenant = k.tenant and w.id = k.endpoint_id
    where k.tenant = $1 and k.key_digest = $2 and k.expires_at > $3`,
};

const insertKey: PreparedSql = {
  name: "insert_webhook_key",
  text: `insert into aaygraph.webhook_keys (tenant, key_digest, request_digest, endpoint_id, expires_at)
    values ($1, $2, $3, $4, $5)
    on conflict (tenant, key_digest) do update set request_digest = excluded.request_digest,
      endpoint_id = excluded.endpoint_id, expires_at = excluded.expires_at`,
};

/** Delivered events and pending ones alike; what fails meanwhile in another process is overruled. */
const dueAgain: PreparedSql = {
  name: "webhook_deliveries_due_again",
  text: `insert into aaygraph.webhook_deliveries (${newDelivery.columns})
    select ${newDelivery.values} from aaygraph.events n join aaygraph.webhook_endpoints w on w.tenant = n.tenant
    where n.tenant = $1 and w.id = $3 and n.sequence > $4 and n.kind = any(w.kinds) order by n.sequence
    on conflict (tenant, endpoint_id, sequence) do update
      set state = 'PENDING', attempts = 0, next_attempt_at = excluded.next_attempt_at, owner = null, claimed_until = null`,
};

interface DeliveryRow extends EventRow {
  readonly number: string;
  readonly state: Delivery["state"];
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_attempt_at: Date | null;
  readonly next_attempt_at: Date | null;
}

const deliveriesPage: PreparedSql = {
  name: "webhook_deliveries_page",
  text: `select d.number, d.state, d.attempts, d.last_status, d.last_attempt_at, d.next_attempt_at, ${eventColumns}
    from aaygraph.webhook_deliveries d join aaygraph.events e on e.tenant = d.tenant and e.sequence = d.sequence
    where d.tenant = $1 and d.endpoint_id = $2 and ($3::bigint is null or d.number < $3)
    order by d.number desc limit $4`,
};

/** Every endpoint has an audit record of its making, of each new secret, and of its end. */
export function createEndpoints(database: Database, keyring: Keyring): EndpointStore {
  const eventIds = eventIdsOf(keyring);
  const deliveryIds = createNumberedIds("wd_", keyring.eventKey);

  function sealed({ tenant, endpointId }: EndpointPlace, secret: Secret): Buffer {
    return seal(keyring.webhookKey, Buffer.from(secret.reveal()), placeOf.webhookSecret(tenant, endpointId));
  }

  async function insertSecret(queries: Queries, place: EndpointPlace, secret: Secret): Promise<void> {
    const insert = "insert into aaygraph.webhook_secrets (tenant, endpoint_id, sealed) values ($1, $2, $3)";
    await queries.run(insert, [place.tenant, place.endpointId, sealed(place, secret)]);
  }

  function audit(
    queries: Queries,
    tenant: string,
    kind: AuditRecord["kind"],
    { by, nowMs }: { readonly by: AuditedCaller; readonly nowMs: number },
  ): Promise<void> {
    return appendAuditRecords(queries, keyring, tenant, [{ kind, atMs: nowMs, by }]);
  }

  async function insertNew(queries: Queries, endpoint: NewEndpoint): Promise<CreatedEndpoint> {
    const { createdBy, url, kinds, document, idempotencyKey, nowMs } = endpoint;
    const { tenant, subject, scopes } = createdBy;
    const keyDigest = keyring.digest("webhook key", `${tenant}\0${idempotencyKey}`);
    const request = JSON.stringify([url, kinds, document, subject]);
    const requestDigest = keyring.digest("request", `${tenant}\0${request}`);
    await queries.run("select pg_advisory_xact_lock($1, hashtext($2))", [keyLock, tenant]);
    const { rows: known } = await queries.run<EndpointRow & { readonly request_digest: Buffer }>(endpointOfKey, [
      ...[tenant, keyDigest, new Date(nowMs)],
    ]);
    const [earlier] = known;
    if (earlier?.request_digest.equals(requestDigest) === false) return { outcome: "CONFLICT" };
    if (earlier) return { outcome: "REPLAYED", endpoint: readEndpoint(earlier) };
    const endpointId = `we_${randomBytes(16).toString("base64url")}`;
    const { rows } = await queries.run<EndpointRow>(insertEndpoint, [
      ...[tenant, endpointId, url, kinds, document ?? null, subject, scopes, new Date(nowMs)],
    ]);
    const [made] = rows;
    if (!made) return { outcome: "TOO_MANY" };
    await insertSecret(queries, { tenant, endpointId }, endpoint.secret);
    await queries.run(insertKey, [tenant, keyDigest, requestDigest, endpointId, new Date(nowMs + keyLifeMs)]);
    await audit(queries, tenant, "WEBHOOK_CREATED", endpoint);
    return { outcome: "CREATED", endpoint: readEndpoint(made) };
  }

  async function lockEndpoint(queries: Queries, { tenant, endpointId }: EndpointPlace): Promise<Endpoint | undefined> {
    const { rows } = await queries.run<EndpointRow>(
      `select ${endpointColumns} from aaygraph.webhook_endpoints where tenant = $1 and id = $2 for no key update`,
      [tenant, endpointId],
    );
    return rows.map(readEndpoint)[0];
  }

  return {
    create: (endpoint) => database.transaction((queries) => insertNew(queries, endpoint)),

    async list(tenant) {
      const { rows } = await database.run<EndpointRow>(
        `select ${endpointColumns} from aaygraph.webhook_endpoints where tenant = $1 order by created_at, id`,
        [tenant],
      );
      return rows.map(readEndpoint);
    },

    addSecret: (place, secret, change) =>
      database.transaction(async (queries) => {
        const endpoint = await lockEndpoint(queries, place);
        if (!endpoint) return undefined;
        const { tenant, endpointId } = place;
        const ofEndpoint = "where tenant = $1 and endpoint_id = $2";
        const expired = `delete from aaygraph.webhook_secrets ${ofEndpoint} and expires_at <= $3`;
        await queries.run(expired, [tenant, endpointId, new Date(change.nowMs)]);
        const expire = `update aaygraph.webhook_secrets set expires_at = $3 ${ofEndpoint} and expires_at is null`;
        await queries.run(expire, [tenant, endpointId, new Date(change.earlierUntilMs)]);
        await insertSecret(queries, place, secret);
        await audit(queries, tenant, "WEBHOOK_ROTATED", change);
        return endpoint;
      }),

    remove: (place, change) =>
      database.transaction(async (queries) => {
        const { rows } = await queries.run<EndpointRow>(
          `delete from aaygraph.webhook_endpoints where tenant = $1 and id = $2 returning ${endpointColumns}`,
          [place.tenant, place.endpointId],
        );
        if (rows.length > 0) await audit(queries, place.tenant, "WEBHOOK_DELETED", change);
        return rows.map(readEndpoint)[0];
      }),

    async redeliver(place, after, nowMs) {
      const { tenant, endpointId } = place;
      await publishEvents(database, tenant, nowMs);
      return database.transaction(async (queries) => {
        if (!(await lockEndpoint(queries, place))) return undefined;
        const from = after === undefined ? "0" : await placeOfCursor(queries, tenant, eventIds.numberOf(tenant, after));
        const enable = "update aaygraph.webhook_endpoints set disabled_at = null, failing_since = null";
        await queries.run(`${enable} where tenant = $1 and id = $2`, [tenant, endpointId]);
        return (await queries.run(dueAgain, [tenant, new Date(nowMs), endpointId, from])).count;
      });
    },

    async deliveries({ tenant, endpointId }, { first, after }) {
      const before = after === undefined ? null : deliveryIds.numberOf(tenant, after);
      if (before === undefined) throw new Fault("BAD_INPUT", { field: "after" });
      const { rows } = await database.run<DeliveryRow>(deliveriesPage, [tenant, endpointId, before, first + 1]);
      const deliveries = rows.slice(0, first).map((row): Delivery => {
        return {
          id: deliveryIds.idOf(tenant, row.number),
          event: readEvent(eventIds, tenant, row),
          state: row.state,
          attempts: row.attempts,
          lastStatus: row.last_status ?? undefined,
          lastAttemptAtMs: row.last_attempt_at?.getTime(),
          nextAttemptAtMs: row.next_attempt_at?.getTime(),
        };
      });
      return { deliveries, hasNext: rows.length > first };
    },
  };
}

export async function deleteExpiredWebhookKeys(queries: Queries, nowMs: number): Promise<void> {
  await queries.run("delete from aaygraph.webhook_keys where expires_at <= $1", [new Date(nowMs)]);
}
