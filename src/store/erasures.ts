import { randomBytes, randomUUID } from "node:crypto";
import { type Pan, taxpayerIdOf } from "../domain";
import type { ErasureReceipt, ErasureStore } from "../sessions/ports";
import { appendAuditRecords } from "./audit";
import { appendConsentRecords, forgetAadhaarChecks } from "./consents";
import type { Database, PreparedSql, Queries } from "./database";
import type { Keyring } from "./keys";
import { forgetInRuns } from "./runs";
import { readSession, type SessionRow, unfinishedOfSubject } from "./sessions";
import { forgetLinks } from "./links";
import { lockSubject } from "./taxpayers";

type Counts = ErasureReceipt["destroyed"];

interface ErasureRow extends Counts {
  readonly id: string;
  readonly subject_id: string;
  readonly erased_at: Date;
}

const insertErased: PreparedSql = {
  name: "insert_erased_subject",
  text: `insert into aaygraph.subjects (tenant, id, lookup, lookup_key, created_at, erased_at)
    select $1, $2, $3, $6, $4, $4
    from (select from aaygraph.keyring where purpose = 'lookup' and lookup_changes = $7 for share) in_use
    where not exists (
      select from aaygraph.subjects s where s.tenant = $1 and s.lookup = $5 and s.superseded_at is null
    )
    on conflict (tenant, lookup) where superseded_at is null do nothing`,
};

const eraseSubject: PreparedSql = {
  name: "erase_subject",
  text: `update aaygraph.subjects set sealed_pan = null, erased_at = coalesce(erased_at, $3)
    where tenant = $1 and id = $2`,
};

const revokeConsents: PreparedSql = {
  name: "revoke_consents_of_subject",
  text: `update aaygraph.consents set sealed_reference = null, sealed_receipt = null, revoked_at = coalesce(revoked_at, $3)
    where tenant = $1 and subject_id = $2`,
};

const insertErasure: PreparedSql = {
  name: "insert_erasure",
  text: `insert into aaygraph.erasures (tenant, subject_id, id, erased_at, keys, answers, consents, sessions)
    values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
};

/** `onVacuumFailed` is called when the bytes of a destroyed key may still be in the database's files. */
export function createErasures(
  database: Database,
  keyring: Keyring,
  onVacuumFailed: (error: unknown) => void,
): ErasureStore {
  return {
    async erase(tenant, pan, nowMs, by) {
      const erased = await database.transaction(async (queries) => {
        const subjectId = await subjectToErase(queries, keyring, { tenant, pan, nowMs });
        const sessions = await queries.run<SessionRow>(unfinishedOfSubject, [tenant, subjectId]);
        if (sessions.count > 0) return { openSessions: sessions.rows.map(readSession) };
        const first = await firstReceipt(queries, tenant, subjectId);
        if (first) return { receipt: first };
        await forgetInRuns(queries, keyring, { tenant, subjectId, pan });
        const receipt = await destroy(queries, tenant, subjectId, nowMs);
        const record = { kind: "ERASED", atMs: nowMs, by, taxpayerIds: [receipt.taxpayerId] } as const;
        await appendAuditRecords(queries, keyring, tenant, [record]);
        return { receipt };
      });
      // A deleted row stays in its file until a vacuum.
      if (erased.receipt) await database.run("vacuum aaygraph.subject_keys").catch(onVacuumFailed);
      return erased;
    },
  };
}

/** Locks the subject. An unknown person gets an erased subject, so that later look-ups of the PAN say "erased". */
async function subjectToErase(
  queries: Queries,
  keyring: Keyring,
  { tenant, pan, nowMs }: { readonly tenant: string; readonly pan: Pan; readonly nowMs: number },
): Promise<string> {
  for (;;) {
    const subject = await lockSubject(queries, keyring, { tenant, pan });
    if (subject) return subject.id;
    // The person may be stored under a newer look-up key by now.
    await keyring.follow(queries);
    const [newest, earlier = null] = keyring.lookups(tenant, pan);
    const { number, changes } = keyring.lookupState(tenant);
    await queries.run(insertErased, [tenant, randomUUID(), newest, new Date(nowMs), earlier, number, changes]);
  }
}

/** A subject has one receipt: a second erasure returns the first one's. */
async function firstReceipt(queries: Queries, tenant: string, subjectId: string): Promise<ErasureReceipt | undefined> {
  const { rows } = await queries.run<ErasureRow>(
    "select * from aaygraph.erasures where tenant = $1 and subject_id = $2",
    [tenant, subjectId],
  );
  return rows.map(readReceipt)[0];
}

async function destroy(queries: Queries, tenant: string, subjectId: string, nowMs: number): Promise<ErasureReceipt> {
  const subject = [tenant, subjectId];
  const now = new Date(nowMs);
  const ofSubject = "where tenant = $1 and subject_id = $2";
  const keys = await queries.run(`delete from aaygraph.subject_keys ${ofSubject}`, subject);
  await queries.run(eraseSubject, [...subject, now]);
  const consents = await queries.run(revokeConsents, [...subject, now]);
  const answers = await queries.run(`delete from aaygraph.answers ${ofSubject}`, subject);
  await queries.run(`delete from aaygraph.files ${ofSubject}`, subject);
  await forgetAadhaarChecks(queries, tenant, { subjectId });
  await forgetLinks(queries, tenant, subjectId, now);
  const sessions = await queries.run(`update aaygraph.sessions set sealed_ticket = null ${ofSubject}`, subject);
  await appendConsentRecords(queries, tenant, [{ kind: "ERASED", atMs: nowMs, taxpayerId: taxpayerIdOf(subjectId) }]);
  const id = `er_${randomBytes(16).toString("base64url")}`;
  const counts = [keys, answers, consents, sessions].map(({ count }) => count);
  const { rows } = await queries.run<ErasureRow>(insertErasure, [...subject, id, now, ...counts]);
  const [receipt] = rows.map(readReceipt);
  if (!receipt) throw new Error("an erasure was inserted but not returned");
  return receipt;
}

function readReceipt({ id, subject_id, erased_at, keys, answers, consents, sessions }: ErasureRow): ErasureReceipt {
  const destroyed = { keys, answers, consents, sessions };
  return { id, taxpayerId: taxpayerIdOf(subject_id), erasedAtMs: erased_at.getTime(), destroyed };
}
