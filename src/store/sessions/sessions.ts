import { type Pan, subjectIdOf } from "../../domain";
import { Secret } from "../../kernel";
import type { SessionStore, Change, Session } from "../../sessions/ports";
import type { Database, PreparedSql, Queries } from "../database";
import type { SessionJobs } from "../queue";
import type { Ceilings } from "../ledger";
import { type Keyring, placeOf, unseal, seal } from "../keys";
import { appendAuditRecords } from "../audit";
import { openKey, subjectKeyColumns, type SubjectKeyRow } from "../taxpayers";
import {
  deleteExpiredKeys,
  deleteExpiredLeases,
  freeLease,
  logoutPatienceMs,
  openSession,
  rememberSession,
} from "./opening";
import { sessionAuditRecord } from "./sessionAudit";
import { readSession, readStep, type SessionRow, type StepRow, changeSession } from "./sessionSql";
import * as sql from "./sessionSql";

/** The lock keeps the subject from being erased meanwhile. */
const subjectOfSession: PreparedSql = {
  name: "subject_of_session",
  text: `select ${subjectKeyColumns}
    from aaygraph.subjects s left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where s.tenant = $1 and s.id = $2 for share of s`,
};

/**
 * Runs within a transaction. Undefined when the session has another version by now, or its subject is erased. A session without
 * its subject's key, as after a restore without the keys, can only end.
 */
async function applyChange(
  queries: Queries,
  keyring: Keyring,
  owner: number,
  session: Session,
  change: Change,
): Promise<Session | undefined> {
  const { tenant, id, version } = session;
  const subjects = await queries.run<SubjectKeyRow>(subjectOfSession, [tenant, subjectIdOf(session.taxpayerId)]);
  const key = subjects.rows[0] && openKey(tenant, subjects.rows[0], keyring);
  if (key === undefined && change.logout === undefined) return undefined;
  const { ticket, logout, nowMs, dueAtMs = logout === "DUE" ? nowMs + logoutPatienceMs : undefined } = change;
  const isTicketKept = ticket === undefined && logout !== "NONE";
  const { rows } = await queries.run<SessionRow>(changeSession, [
    tenant,
    id,
    version,
    JSON.stringify(change.progress),
    change.state,
    new Date(nowMs),
    dueAtMs === undefined ? null : new Date(dueAtMs),
    change.owner,
    owner,
    isTicketKept ? "KEPT" : "NEW",
    typeof ticket === "object" && key ? seal(key, Buffer.from(ticket.reveal()), placeOf.ticket(tenant, id)) : null,
    logout ?? null,
  ]);
  const [changed] = rows.map(readSession);
  if (changed && logout === "NONE") await freeLease(queries, changed);
  return changed;
}

interface SecretsRow extends SubjectKeyRow {
  readonly sealed_pan: Buffer | null;
  readonly sealed_ticket: Buffer | null;
}

type SessionBesideChanges = (SessionRow | { readonly id: null }) & { readonly lookup_changes: number };

const secretsOfSession: PreparedSql = {
  name: "secrets_of_session",
  text: `select ${subjectKeyColumns}, s.sealed_pan, session.sealed_ticket
    from aaygraph.sessions session
    join aaygraph.subjects s on s.tenant = session.tenant and s.id = session.subject_id
    left join aaygraph.subject_keys k on k.tenant = s.tenant and k.subject_id = s.id
    where session.tenant = $1 and session.id = $2`,
};

interface Parts {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly jobs: SessionJobs;
  /** This process's number. */
  readonly owner: number;
  readonly ceilings: Ceilings;
}

export function createSessions({ database, keyring, jobs, owner, ceilings }: Parts): SessionStore {
  async function select(statement: PreparedSql, values: readonly unknown[]) {
    const { rows } = await database.run<SessionRow>(statement, values);
    return rows.map(readSession);
  }

  /** Repeated where the lookup keys were rotated meanwhile. */
  async function selectByPan(statement: PreparedSql, tenant: string, pan: Pan | undefined, more: readonly unknown[]) {
    for (;;) {
      const lookups = pan === undefined ? null : keyring.lookups(tenant, pan);
      const { changes } = keyring.lookupState(tenant);
      const { rows } = await database.run<SessionBesideChanges>(statement, [tenant, lookups, ...more]);
      const isByKeysInUse = lookups === null || rows[0]?.lookup_changes === changes;
      if (isByKeysInUse) return rows.flatMap((row) => (row.id === null ? [] : [readSession(row)]));
      await keyring.follow(database);
    }
  }

  return {
    open: (opening) => database.transaction((queries) => openSession(queries, keyring, owner, opening, ceilings)),

    remember: (opening, session) =>
      database.transaction((queries) => rememberSession(queries, keyring, opening, session)),

    async byId(tenant, ids) {
      const sessions = await select(sql.sessionsById, [tenant, ids]);
      return new Map(sessions.map((session) => [session.id, session]));
    },

    async list(tenant, { pan, states = null, first, after = null }) {
      const sessions = await selectByPan(sql.sessionsPage, tenant, pan, [states, after, first + 1]);
      return { sessions: sessions.slice(0, first), hasNext: sessions.length > first };
    },

    live(tenant, of) {
      if ("pan" in of) return selectByPan(sql.liveOfPan, tenant, of.pan, []);
      if ("consentId" in of) return select(sql.liveUnderConsent, [tenant, of.consentId]);
      return select(sql.liveOfSubjects, [tenant, of.taxpayerIds.flatMap((id) => subjectIdOf(id) ?? [])]);
    },

    async history(tenant, id, afterVersion) {
      const { rows } = await database.run<StepRow>(sql.stepsAfter, [tenant, id, afterVersion]);
      return rows.map(readStep);
    },

    change: (session, change) =>
      database.transaction(async (queries) => {
        const changed = await applyChange(queries, keyring, owner, session, change);
        if (changed && change.jobAfterMs !== undefined) await jobs.send(queries, changed, change.jobAfterMs);
        if (changed && change.audit) {
          const record = sessionAuditRecord(change.audit, changed, change.by);
          await appendAuditRecords(queries, keyring, changed.tenant, [record]);
        }
        return changed;
      }),

    async claim({ tenant, id, version }) {
      const { rows } = await database.run<{ owner: number | null }>(sql.claimSession, [tenant, id, version, owner]);
      const [before] = rows;
      if (before === undefined) return "NOT_OURS";
      return before.owner === null || before.owner === owner ? "CLAIMED" : "TAKEN_OVER";
    },

    async abandon({ tenant, id }) {
      await database.run(sql.abandonSession, [tenant, id, owner]);
    },

    async secretsOf({ tenant, id }) {
      const { rows } = await database.run<SecretsRow>(secretsOfSession, [tenant, id]);
      const [row] = rows;
      const key = row && openKey(tenant, row, keyring);
      const pan = key && row.sealed_pan && unseal(key, row.sealed_pan, placeOf.pan(tenant, row.id));
      if (!pan) return undefined;
      const ticket = row.sealed_ticket && unseal(key, row.sealed_ticket, placeOf.ticket(tenant, id));
      return { pan: pan.toString() as Pan, ticket: ticket ? new Secret(ticket.toString()) : undefined };
    },

    async owesLogout({ tenant, id }) {
      const { count } = await database.run(
        "select from aaygraph.sessions where tenant = $1 and id = $2 and logout = 'DUE'",
        [tenant, id],
      );
      return count > 0;
    },

    async isLoginOfAnother({ tenant, id, provider }, pan, nowMs) {
      const { count } = await database.run(
        `select from aaygraph.leases where person_digest = $1 and provider = $2 and expires_at > $3
           and (tenant, session_id) <> ($4, $5)`,
        [keyring.digest("lease", pan), provider, new Date(nowMs), tenant, id],
      );
      return count > 0;
    },

    async setBack({ tenant, id, version }, untilMs) {
      await database.run(sql.setBackSession, [tenant, id, version, new Date(untilMs)]);
    },

    async loggedOut({ tenant, id }, outcome) {
      await database.run(sql.finishLogout, [tenant, id, outcome]);
    },

    overdue: (nowMs) => select(sql.overdueSessions, [new Date(nowMs)]),

    async deleteExpired(nowMs) {
      await Promise.all([deleteExpiredKeys(database, nowMs), deleteExpiredLeases(database, nowMs)]);
    },
  };
}
