import type { ConsentStore, KeptConsent } from "../../sessions/ports";
import { appendAuditRecords } from "../audit";
import {
  consentColumns,
  type ConsentRow,
  readConsent,
  type OnUnreadable,
  openKey,
  type SubjectKeyRow,
} from "../taxpayers";
import type { Database, PreparedSql, Queries } from "../database";
import { type Keyring, placeOf, unseal } from "../keys";
import { forgetAadhaarChecks } from "./aadhaarChecks";
import { appendConsentRecords, readConsentRecords } from "./consentRecords";
import { createReceipts } from "./receipts";
import { recordExpired } from "./expiry";

interface KeptConsentRow extends ConsentRow, Pick<SubjectKeyRow, "sealed_key" | "master_key_id"> {
  readonly sealed_reference: Buffer | null;
}

const consentsById: PreparedSql = {
  name: "consents_by_id",
  text: `select ${consentColumns}, c.sealed_reference, k.sealed as sealed_key, k.master_key_id
    from aaygraph.consents c
    left join aaygraph.subject_keys k on k.tenant = c.tenant and k.subject_id = c.subject_id
    where c.tenant = $1 and c.id = any($2)`,
};

const revokeOnce: PreparedSql = {
  name: "revoke_consent",
  text: `update aaygraph.consents set revoked_at = $3 where tenant = $1 and id = $2 and revoked_at is null`,
};

const liveSessionsAreDue: PreparedSql = {
  name: "sessions_under_consent_are_due",
  text: `update aaygraph.sessions set due_at = $3 where tenant = $1 and consent_id = $2 and ended_at is null`,
};

/** Check and change are one statement, so that concurrent fetches cannot exceed the limit. */
const countOneFetch: PreparedSql = {
  name: "count_fetch",
  text: `update aaygraph.consents set fetches = fetches + 1
    where tenant = $1 and id = $2 and revoked_at is null and starts_at <= $3 and expires_at > $3
      and (most_fetches is null or fetches < most_fetches)`,
};

export function createConsents(database: Database, keyring: Keyring, onUnreadable: OnUnreadable): ConsentStore {
  async function read(queries: Queries, tenant: string, ids: readonly string[]): Promise<KeptConsent[]> {
    const { rows } = await queries.run<KeptConsentRow>(consentsById, [tenant, ids]);
    return rows.map((row) => ({ ...readConsent(row), reference: openReference(tenant, row, keyring, onUnreadable) }));
  }

  return {
    async byId(tenant, ids) {
      return new Map((await read(database, tenant, ids)).map((consent) => [consent.id, consent]));
    },

    revoke: (tenant, id, nowMs, by) =>
      database.transaction(async (queries) => {
        const { count } = await queries.run(revokeOnce, [tenant, id, new Date(nowMs)]);
        const [consent] = await read(queries, tenant, [id]);
        if (consent && count > 0) {
          await queries.run("delete from aaygraph.answers where tenant = $1 and consent_id = $2", [tenant, id]);
          await queries.run("delete from aaygraph.files where tenant = $1 and consent_id = $2", [tenant, id]);
          await forgetAadhaarChecks(queries, tenant, { consentId: id });
          await queries.run(liveSessionsAreDue, [tenant, id, new Date(nowMs)]);
          const { taxpayerId } = consent;
          await appendConsentRecords(queries, tenant, [{ kind: "REVOKED", atMs: nowMs, taxpayerId, consentId: id }]);
          const about = { taxpayerIds: [taxpayerId], consentIds: [id], purposes: [consent.purpose] };
          await appendAuditRecords(queries, keyring, tenant, [{ kind: "CONSENT_REVOKED", atMs: nowMs, by, ...about }]);
        }
        return consent;
      }),

    ...createReceipts(database, keyring),

    async countFetch(tenant, id, nowMs) {
      const { count } = await database.run(countOneFetch, [tenant, id, new Date(nowMs)]);
      return count > 0;
    },

    recordExpired: (nowMs) => recordExpired(database, nowMs),

    record: (tenant, records) => appendConsentRecords(database, tenant, records),
    records: (tenant, page) => readConsentRecords(database, keyring, tenant, page),
  };
}

function openReference(
  tenant: string,
  row: KeptConsentRow,
  keyring: Keyring,
  onUnreadable: OnUnreadable,
): string | undefined {
  const key = openKey(tenant, { ...row, id: row.subject_id, erased: false }, keyring);
  if (!key || !row.sealed_reference) return undefined;
  const reference = unseal(key, row.sealed_reference, placeOf.consentReference(tenant, row.id));
  if (!reference) onUnreadable("a consent's reference does not open");
  return reference?.toString();
}
