import type { PreparedSql } from "../database";
import { livingOwners } from "../queue";
import { type DocumentKind, type ProviderId, type IncomeYear, taxpayerIdOf } from "../../domain";
import type { SessionStep, Progress, Session } from "../../sessions/ports";

/** The release before writes READING as BRINGING. Its processes may run beside this one, so the rows stay as they are. */
type StoredProgress =
  | Progress
  | (Omit<Extract<Progress, { phase: "READING" }>, "phase" | "hasAnswers"> & {
      readonly phase: "BRINGING";
      readonly hasBrought: boolean;
    });

function readProgress(stored: StoredProgress): Progress {
  if (stored.phase !== "BRINGING") return stored;
  const { hasBrought, ...rest } = stored;
  return { ...rest, phase: "READING", hasAnswers: hasBrought };
}

export interface SessionRow {
  readonly tenant: string;
  readonly id: string;
  readonly subject_id: string;
  readonly provider: ProviderId;
  readonly consent_id: string;
  readonly documents: readonly DocumentKind[];
  readonly income_years: readonly IncomeYear[];
  readonly version: number;
  readonly progress: StoredProgress;
  readonly opened_at: Date;
  readonly updated_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

/** The columns of a `SessionRow`, of `aaygraph.sessions s`. */
const sessionColumns = `s.tenant, s.id, s.subject_id, s.provider, s.consent_id, s.documents, s.income_years,
  s.version, s.progress, s.opened_at, s.updated_at, s.expires_at, s.ended_at`;

export function readSession(row: SessionRow): Session {
  return {
    id: row.id,
    tenant: row.tenant,
    taxpayerId: taxpayerIdOf(row.subject_id),
    provider: row.provider,
    consentId: row.consent_id,
    documents: row.documents,
    incomeYears: row.income_years,
    version: row.version,
    progress: readProgress(row.progress),
    openedAtMs: row.opened_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    expiresAtMs: row.expires_at.getTime(),
    endedAtMs: row.ended_at?.getTime(),
  };
}

export interface StepRow {
  readonly version: number;
  readonly progress: StoredProgress;
  readonly at: Date;
}

export function readStep({ version, progress, at }: StepRow): SessionStep {
  return { version, progress: readProgress(progress), atMs: at.getTime() };
}

/** In the outbox: the session that the statement has inserted or changed. */
const sessionEvent = `event as (
      insert into aaygraph.events (tenant, kind, at, subject_id, session_id, consent_id)
      select tenant, 'SESSION_CHANGED', updated_at, subject_id, id, consent_id from s
    )`;

/** The session, the first step of its history and its event. */
export const insertSession: PreparedSql = {
  name: "insert_session",
  text: `with s as (
      insert into aaygraph.sessions (tenant, id, subject_id, provider, consent_id, documents, income_years, version,
        state, progress, owner, due_at, opened_at, updated_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, 1, 'OPENING', $8, $9, $12, $10, $10, $11)
      returning *
    ), step as (
      insert into aaygraph.session_steps (tenant, session_id, version, progress, at)
      select tenant, id, version, progress, updated_at from s
    ), ${sessionEvent}
    select ${sessionColumns} from s`,
};

/** The change, its history, its event and its announcement. No row where the version is another one by now. */
export const changeSession: PreparedSql = {
  name: "change_session",
  text: `with s as (
      update aaygraph.sessions set version = version + 1, progress = $4, state = $5, updated_at = $6::timestamptz,
        due_at = $7, logout = $12,
        owner = case $8 when 'AS_BEFORE' then owner when 'THIS_PROCESS' then $9::int end, set_back_until = null,
        sealed_ticket = case $10 when 'KEPT' then sealed_ticket else $11::bytea end,
        ended_at = case when $5 in ('FAILED', 'ENDED') then $6::timestamptz end
      where tenant = $1 and id = $2 and version = $3
      returning *
    ), step as (
      insert into aaygraph.session_steps (tenant, session_id, version, progress, at)
      select tenant, id, version, progress, updated_at from s
    ), ${sessionEvent}
    select ${sessionColumns}, pg_notify('aaygraph_sessions', s.id) from s`,
};

/** Returns the owner before: none, this process, a dead process, or 0 where the claim was abandoned. */
export const claimSession: PreparedSql = {
  name: "claim_session",
  text: `with before as (
      select tenant, id, owner from aaygraph.sessions where tenant = $1 and id = $2 and version = $3 for update
    )
    update aaygraph.sessions s set owner = $4 from before
    where s.tenant = before.tenant and s.id = before.id
      and (before.owner is null or before.owner = $4 or not before.owner = any (array(${livingOwners})))
    returning before.owner`,
};

/** No process has the number 0, so the sweep finds the session as it finds those of the dead. */
export const abandonSession: PreparedSql = {
  name: "abandon_session",
  text: `update aaygraph.sessions set owner = 0 where tenant = $1 and id = $2 and owner = $3 and ended_at is null`,
};

export const sessionsById = select("sessions_by_id", "s.tenant = $1 and s.id = any($2)");

export const liveUnderConsent = select(
  "live_sessions_under_consent",
  "s.tenant = $1 and s.consent_id = $2 and s.ended_at is null",
);

export const liveOfSubject = select(
  "live_sessions_of_subject",
  "s.tenant = $1 and s.subject_id = $2 and s.ended_at is null",
);

export const liveOfSubjects = select(
  "live_sessions_of_subjects",
  "s.tenant = $1 and s.subject_id = any($2) and s.ended_at is null",
);

/** Those that are live, and those that owe a logout. */
export const unfinishedOfSubject = select(
  "unfinished_sessions_of_subject",
  "s.tenant = $1 and s.subject_id = $2 and (s.ended_at is null or s.logout = 'DUE')",
);

const subjectsOfPan = `
        select id from aaygraph.subjects where tenant = $1 and lookup = any($2::bytea[]) and superseded_at is null
      `;

export const liveOfPan: PreparedSql = {
  name: "live_sessions_of_pan",
  text: besideLookupChanges(
    `select ${sessionColumns} from aaygraph.sessions s
    where s.tenant = $1 and s.ended_at is null and s.subject_id in (${subjectsOfPan})`,
    "s.opened_at",
  ),
};

/** The page after a session, or the first page. Of one person, or of all. */
export const sessionsPage: PreparedSql = {
  name: "sessions_page",
  text: besideLookupChanges(
    `select ${sessionColumns} from aaygraph.sessions s
    where s.tenant = $1
      and ($2::bytea[] is null or s.subject_id in (${subjectsOfPan}))
      and ($3::text[] is null or s.state = any($3))
      and ($4::text is null or (s.opened_at, s.id) < (
        select opened_at, id from aaygraph.sessions where tenant = $1 and id = $4
      ))
    order by s.opened_at desc, s.id desc limit $5`,
    "s.opened_at desc, s.id desc",
  ),
};

export const stepsAfter: PreparedSql = {
  name: "session_steps_after",
  text: `select version, progress, at from aaygraph.session_steps
    where tenant = $1 and session_id = $2 and version > $3 order by version`,
};

/** Each half has its own index, in which idle sessions are missing or come last. */
export const overdueSessions: PreparedSql = {
  name: "overdue_sessions",
  text: `with overdue as (
      (select tenant, id from aaygraph.sessions
       where due_at <= $1 and (set_back_until is null or set_back_until <= $1) order by due_at limit 200)
      union
      (select tenant, id from aaygraph.sessions
       where owner is not null and not owner = any (array(${livingOwners}))
         and (set_back_until is null or set_back_until <= $1) limit 200)
    )
    select ${sessionColumns} from aaygraph.sessions s join overdue using (tenant, id)
    order by s.due_at limit 200`,
};

/** A session that cannot be worked on must not stand before others for ever. */
export const setBackSession: PreparedSql = {
  name: "set_back_session",
  text: "update aaygraph.sessions set set_back_until = $4 where tenant = $1 and id = $2 and version = $3",
};

export const finishLogout: PreparedSql = {
  name: "finish_logout",
  text: `with s as (
      update aaygraph.sessions set logout = $3, sealed_ticket = null, due_at = null, owner = null
      where tenant = $1 and id = $2 and logout = 'DUE'
      returning tenant, id
    )
    delete from aaygraph.leases l using s where l.tenant = s.tenant and l.session_id = s.id`,
};

/** The sessions, or one row without any, beside the counter that says whether the PAN was looked up by the keys in use. */
function besideLookupChanges(sessions: string, order: string): string {
  return `select s.*, keyring.lookup_changes from aaygraph.keyring
    left join lateral (${sessions}) s on true
    where keyring.purpose = 'lookup'
    order by ${order}`;
}

function select(name: string, condition: string): PreparedSql {
  return { name, text: `select ${sessionColumns} from aaygraph.sessions s where ${condition} order by s.opened_at` };
}
