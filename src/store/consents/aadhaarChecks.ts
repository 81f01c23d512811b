import { randomBytes } from "node:crypto";
import { lapseOf, maskPan, taxpayerIdOf } from "../../domain";
import { Fault } from "../../kernel";
import type {
  AadhaarCheckResult,
  AadhaarCheckStore,
  BegunAadhaarCheck,
  CheckUnderConsent,
  NewAadhaarCheck,
} from "../../reading/ports";
import { appendAuditRecords } from "../audit";
import type { Database, PreparedSql, Queries } from "../database";
import type { Invalidate } from "../freshness";
import { type Keyring, placeOf, seal, unseal } from "../keys";
import {
  consentColumns,
  type ConsentRow,
  insertConsent,
  openKey,
  readConsent,
  subjectForOpening,
  subjectKeyColumns,
  type SubjectKeyRow,
} from "../taxpayers";
import { appendConsentRecords } from "./consentRecords";

const keyLock = 4_711_010;
const lifeMs = 24 * 3_600_000;

/** A check with the key of its subject. */
interface CheckRow extends SubjectKeyRow {
  readonly consent_id: string;
  readonly request_digest: Buffer;
  readonly sealed_result: Buffer | null;
  readonly begun_at: Date;
}

const checkWhere = (name: string, condition: string): PreparedSql => ({
  name,
  text: `select ${subjectKeyColumns}, a.consent_id, a.request_digest, a.sealed_result, a.begun_at
    from aaygraph.aadhaar_checks a
    join aaygraph.subjects s on s.tenant = a.tenant and s.id = a.subject_id
    left join aaygraph.subject_keys k on k.tenant = a.tenant and k.subject_id = a.subject_id
    where a.tenant = $1 and ${condition}`,
});
const checkOfKey = checkWhere("aadhaar_check_of_key", "a.key_digest = $2 and a.expires_at > $3");
const checkOfConsent = checkWhere("aadhaar_check_of_consent", "a.consent_id = $2");

const consentOfCheck: PreparedSql = {
  name: "consent_of_aadhaar_check",
  text: `select ${consentColumns} from aaygraph.consents c where c.tenant = $1 and c.id = $2`,
};

/** An expired row gives its place to the new check. */
const insertCheck: PreparedSql = {
  name: "insert_aadhaar_check",
  text: `insert into aaygraph.aadhaar_checks
      (tenant, key_digest, request_digest, subject_id, consent_id, begun_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (tenant, key_digest) do update set
      request_digest = excluded.request_digest, subject_id = excluded.subject_id, consent_id = excluded.consent_id,
      begun_at = excluded.begun_at, expires_at = excluded.expires_at, sealed_result = null`,
};

/** The consent is locked, so that a revocation or an erasure finds either no result or this one. */
const setResult: PreparedSql = {
  name: "set_aadhaar_check_result",
  text: `with standing as materialized (
      select id from aaygraph.consents where tenant = $1 and id = $2 and revoked_at is null for share
    )
    update aaygraph.aadhaar_checks set sealed_result = $3
    where tenant = $1 and consent_id in (select id from standing)`,
};

interface AadhaarChecks extends AadhaarCheckStore {
  deleteExpired(nowMs: number): Promise<void>;
}

/** `invalidate` lets every process see a new consent before the caller has the result. */
export function createAadhaarChecks(database: Database, keyring: Keyring, invalidate: Invalidate): AadhaarChecks {
  /** Grants the consent and writes the check down in one transaction, before the number leaves this process. */
  async function insert(
    queries: Queries,
    { tenant, pan, provider, consent: terms, by, nowMs }: NewAadhaarCheck,
    { keyDigest, requestDigest }: Digests,
  ): Promise<CheckUnderConsent> {
    const subject = await subjectForOpening(queries, keyring, { tenant, pan, nowMs });
    const consentId = `cn_${randomBytes(16).toString("base64url")}`;
    const reach = { documents: ["AADHAAR_LINK"], incomeYears: [] } as const;
    const consent = { tenant, subjectId: subject.id, consentId, terms, maskedPan: maskPan(pan), ...reach, nowMs };
    const receiptDigest = await insertConsent(queries, keyring, subject.key, consent);
    const until = new Date(nowMs + lifeMs);
    const row = [tenant, keyDigest, requestDigest, subject.id, consentId, new Date(nowMs), until];
    await queries.run(insertCheck, row);
    const taxpayerId = taxpayerIdOf(subject.id);
    const act = { atMs: nowMs, provider, ...reach };
    await appendConsentRecords(queries, tenant, [{ kind: "GRANTED", taxpayerId, consentId, ...act }]);
    const about = {
      taxpayerIds: [taxpayerId],
      consentIds: [consentId],
      purposes: [terms.purpose],
      receipts: [receiptDigest],
    };
    await appendAuditRecords(queries, keyring, tenant, [{ kind: "AADHAAR_LINK_CHECKED", by, ...about, ...act }]);
    return { tenant, taxpayerId, consentId, receiptDigest, provider };
  }

  async function recall(row: CheckRow, { tenant, provider, nowMs }: NewAadhaarCheck): Promise<BegunAadhaarCheck> {
    const check = { tenant, taxpayerId: taxpayerIdOf(row.id), consentId: row.consent_id, provider };
    if (row.erased) return { outcome: "REFUSED", check, fault: new Fault("ERASED") };
    const { rows } = await database.run<ConsentRow>(consentOfCheck, [tenant, row.consent_id]);
    const [consent] = rows.map(readConsent);
    const lapse = consent && lapseOf(consent, nowMs);
    if (lapse) return { outcome: "REFUSED", check, fault: lapse };
    if (row.sealed_result === null) return { outcome: "UNDER_WAY", begunAtMs: row.begun_at.getTime() };
    const key = openKey(tenant, row, keyring);
    const result = key && unseal(key, row.sealed_result, placeOf.aadhaarCheck(tenant, row.consent_id));
    if (!result) throw new Fault("INTERNAL", { note: "the result of an Aadhaar check does not open" });
    return {
      outcome: "DONE",
      check: { ...check, receiptDigest: consent?.receiptDigest },
      result: JSON.parse(result.toString()) as AadhaarCheckResult,
    };
  }

  function digestsOf({ tenant, idempotencyKey, request }: NewAadhaarCheck): Digests {
    const key = `${tenant}\0${idempotencyKey}`;
    return {
      keyDigest: keyring.digest("Aadhaar check key", key),
      requestDigest: keyring.digest("Aadhaar check", `${key}\0${request.reveal()}`),
    };
  }

  return {
    async begin(asked) {
      const { tenant, nowMs } = asked;
      const digests = digestsOf(asked);
      const begun = await database.transaction(async (queries) => {
        await queries.run("select pg_advisory_xact_lock($1, $2)", [keyLock, digests.keyDigest.readInt32BE()]);
        const { rows } = await queries.run<CheckRow>(checkOfKey, [tenant, digests.keyDigest, new Date(nowMs)]);
        return rows[0] ?? (await insert(queries, asked, digests));
      });
      if ("taxpayerId" in begun) return { outcome: "BEGUN", check: begun };
      if (!begun.request_digest.equals(digests.requestDigest)) return { outcome: "CONFLICT" };
      return recall(begun, asked);
    },

    async finish({ tenant, taxpayerId, consentId, provider }, result, nowMs) {
      await database.transaction(async (queries) => {
        const { rows } = await queries.run<CheckRow>(checkOfConsent, [tenant, consentId]);
        const key = rows[0] && openKey(tenant, rows[0], keyring);
        if (!key) return;
        const sealed = seal(key, Buffer.from(JSON.stringify(result)), placeOf.aadhaarCheck(tenant, consentId));
        const { count } = await queries.run(setResult, [tenant, consentId, sealed]);
        if (count === 0 || "problem" in result) return;
        const used = { kind: "USED", atMs: nowMs, taxpayerId, consentId, provider } as const;
        await appendConsentRecords(queries, tenant, [{ ...used, documents: ["AADHAAR_LINK"], incomeYears: [] }]);
      });
      // A link that was kept has made the consent known already.
      if ("problem" in result || result.link.linked !== true) await invalidate(tenant, taxpayerId);
    },

    async deleteExpired(nowMs) {
      await database.run("delete from aaygraph.aadhaar_checks where expires_at <= $1", [new Date(nowMs)]);
    },
  };
}

interface Digests {
  readonly keyDigest: Buffer;
  readonly requestDigest: Buffer;
}

/** The results of these checks are destroyed; their keys stay, so that no replay makes another call. */
export async function forgetAadhaarChecks(
  queries: Queries,
  tenant: string,
  of: { readonly consentId: string } | { readonly subjectId: string },
): Promise<void> {
  const [column, id] = "consentId" in of ? ["consent_id", of.consentId] : ["subject_id", of.subjectId];
  const update = "update aaygraph.aadhaar_checks set sealed_result = null where tenant = $1";
  await queries.run(`${update} and ${column} = $2`, [tenant, id]);
}
